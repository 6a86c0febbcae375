package testscripts

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/load"
)

// TestMounts holds the schema against what docs/language.md says of which fields
// each type of mount takes, and of all others the error that names the types.
func TestMounts(t *testing.T) {
	valid := map[string]string{
		"required": "true", "id": `"i"`, "from": `"a"`, "source": `"/s"`, "target": `"/t"`, "readwrite": "true", "readonly": "true",
		"sharing": `"locked"`, "size": `"64m"`, "env": `"NAME"`, "mode": `"0444"`, "uid": "1", "gid": "0",
	}
	needed := map[string]string{"bind": "target", "cache": "target", "tmpfs": "target", "secret": "id", "ssh": ""}
	takes := mountTable(t)
	if got, want := slices.Sorted(maps.Keys(takes)), slices.Sorted(maps.Keys(needed)); !slices.Equal(got, want) {
		t.Fatalf("the table of docs/language.md has the types %q, want %q", got, want)
	}
	schema := cuecontext.New().BuildInstance(load.Instances([]string{"."}, &load.Config{Dir: "../schema"})[0])
	mount := func(of string, fields map[string]string) error {
		var text strings.Builder
		fmt.Fprintf(&text, "type: %q\n", of)
		for name, value := range fields {
			fmt.Fprintf(&text, "%s: %s\n", name, value)
		}
		v := schema.LookupPath(cue.ParsePath("#Mount")).Unify(schema.Context().CompileString(text.String()))
		return v.Validate(cue.Concrete(true))
	}
	for of, need := range needed {
		least := map[string]string{}
		if need != "" {
			if err := mount(of, least); err == nil || !strings.Contains(err.Error(), need+": field is required") {
				t.Errorf("%s without %s: %v", of, need, err)
			}
			least[need] = valid[need]
		}
		for name, value := range valid {
			fields := maps.Clone(least)
			fields[name] = value
			err := mount(of, fields)
			if slices.Contains(takes[of], name) {
				if err != nil {
					t.Errorf("%s with %s: %v", of, name, err)
				}
				continue
			}
			if want := name + " goes with mounts of type " + types(takes, name); err == nil || !strings.HasSuffix(err.Error(), want) {
				t.Errorf("%s with %s: %v, want %s", of, name, err, want)
			}
		}
	}
}

// mountTable is the table of mounts: the fields that each type takes.
func mountTable(t *testing.T) map[string][]string {
	t.Helper()
	page, err := os.ReadFile("../docs/language.md")
	if err != nil {
		t.Fatal(err)
	}
	takes := map[string][]string{}
	_, table, _ := strings.Cut(string(page), "| mount | for | takes |\n|---|---|---|\n")
	name := regexp.MustCompile("`([a-z]+)`")
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 {
			break
		}
		of := name.FindStringSubmatch(cells[1])[1]
		for _, field := range name.FindAllStringSubmatch(cells[3], -1) {
			takes[of] = append(takes[of], field[1])
		}
		if strings.Contains(cells[3], "owner") {
			takes[of] = append(takes[of], "uid", "gid", "mode")
		}
	}
	return takes
}

// types are those that take a field: "bind and cache".
func types(takes map[string][]string, field string) string {
	var names []string
	for _, of := range []string{"bind", "cache", "tmpfs", "secret", "ssh"} {
		if slices.Contains(takes[of], field) {
			names = append(names, of)
		}
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
