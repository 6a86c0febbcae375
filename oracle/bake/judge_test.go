package bake

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/distribution/reference"
)

var (
	argLine  = regexp.MustCompile(`(?m)^ARG ([A-Za-z_][A-Za-z0-9_]*)(?:=(\S*))?$`)
	fromLine = regexp.MustCompile(`(?m)^FROM (?:--platform=\S+ )?(\S+)(?: AS (\S+))?$`)
	fromFlag = regexp.MustCompile(`from=([^\s,]+)`)
	secretID = regexp.MustCompile(`type=secret,(?:\S*,)?id=([^,\s]+)`)
)

// judge holds a target against its Dockerfile.
func judge(t target, variables map[string]string) []string {
	var out []string
	complain := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	file, local := strings.CutPrefix(t.Dockerfile, "cwd://")
	if !local {
		file = path.Join(t.Context, t.Dockerfile)
		if info, err := os.Stat(filepath.Join(root, t.Context)); err != nil || !info.IsDir() {
			complain("the context %q is no directory", t.Context)
		}
	} else if !strings.Contains(t.Context, "://") {
		complain("the context %q is no address", t.Context)
	}
	dockerfile, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		return append(out, err.Error())
	}
	text := string(dockerfile)
	stages, images := froms(text)
	if !slices.Contains(stages, t.Target) {
		complain("there is no stage %q in %s", t.Target, file)
	}
	for name := range t.Contexts {
		if !slices.Contains(images, name) {
			complain("%s does not mention the context %q, but %q", file, name, images)
		}
	}
	for name, value := range t.Args {
		if !regexp.MustCompile(`(?m)^ARG ` + name + `\b`).MatchString(text) {
			complain("%s has no argument %s", file, name)
		}
		if value == "" || value != variables["ARG_"+name] {
			complain("the argument %s is %q", name, value)
		}
	}
	for _, s := range t.Secret {
		if !slices.Contains(secrets(text), s.ID) {
			complain("%s mounts no secret %q", file, s.ID)
		}
	}
	for _, tag := range t.Tags {
		if ref, err := reference.ParseNormalizedNamed(tag); err != nil {
			complain("the tag %q is none: %v", tag, err)
		} else if _, ok := ref.(reference.Tagged); !ok {
			complain("%q is no tag", tag)
		}
	}
	for _, cache := range slices.Concat(t.CacheFrom, t.CacheTo) {
		if _, err := reference.ParseNormalizedNamed(cache["ref"]); cache["type"] == "registry" && err != nil {
			complain("the cache %q is none: %v", cache["ref"], err)
		}
	}
	return out
}

// secrets are those that a Dockerfile mounts.
func secrets(text string) []string {
	var out []string
	for _, m := range secretID.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// froms are the stages of a Dockerfile, and what they are built from or copy
// from, as BuildKit looks for it among named contexts.
func froms(text string) (stages, images []string) {
	defaults := map[string]string{}
	head, _, _ := strings.Cut("\n"+text, "\nFROM ")
	for _, m := range argLine.FindAllStringSubmatch(head, -1) {
		defaults[m[1]] = strings.Trim(m[2], `"`)
	}
	add := func(ref string) {
		ref = os.Expand(ref, func(name string) string { return defaults[name] })
		if named, err := reference.ParseNormalizedNamed(ref); err == nil {
			images = append(images, strings.TrimSuffix(reference.FamiliarString(named), ":latest"))
		}
	}
	for _, m := range fromLine.FindAllStringSubmatch(text, -1) {
		stages = append(stages, m[2])
		add(m[1])
	}
	for _, m := range fromFlag.FindAllStringSubmatch(text, -1) {
		add(m[1])
	}
	return stages, images
}
