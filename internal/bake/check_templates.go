package bake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/distribution/reference"
)

// tags reads the tags as they are without anything given.
func (f *checked) tags(_ string, t *checkedTarget) error {
	var tags []string
	switch v := t.Tags.(type) {
	case string:
		_, v, _ = strings.Cut(given.ReplaceAllStringFunc(v, f.plain), " ? [] : [")
		tags = strings.Split(strings.TrimSuffix(v, "]}"), ", ")
		for i := range tags {
			tags[i] = strings.Trim(tags[i], `"`)
		}
	case []any:
		for _, item := range v {
			tag, _ := item.(string)
			tags = append(tags, given.ReplaceAllStringFunc(tag, f.plain))
		}
	}
	for _, tag := range tags {
		ref, err := reference.ParseNormalizedNamed(tag)
		if err != nil {
			return fmt.Errorf("the tag %q is none: %w", tag, err)
		}
		if _, ok := ref.(reference.Tagged); !ok {
			return fmt.Errorf("%q has no tag", tag)
		}
	}
	return nil
}

// plain is what a template comes to if nothing is given.
func (f *checked) plain(template string) string {
	found := given.FindStringSubmatch(template)
	if found[2] != "" {
		return found[2]
	}
	if v := f.Variable[found[1]]; v.Default != nil && *v.Default != "" {
		return *v.Default
	}
	return "x"
}

// given finds a template that is what a variable holds, or else a default.
var given = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)(?: == "" \? "([^"]*)" : [A-Za-z_][A-Za-z0-9_]*)?\}`)

// reads finds the variables that templates read.
var reads = regexp.MustCompile(`(?:\$\{|\|\| |&& )([A-Za-z_][A-Za-z0-9_]*)`)

// templates holds that all variables are declared.
func (f *checked) templates(_ string, t *checkedTarget) error {
	all := slices.Concat(t.Secret, t.SSH, t.CacheFrom, t.CacheTo)
	for _, m := range []map[string]string{t.Contexts, t.Args} {
		for _, key := range sorted(m) {
			all = append(all, m[key])
		}
	}
	switch v := t.Tags.(type) {
	case string:
		all = append(all, v)
	case []any:
		for _, item := range v {
			all = append(all, fmt.Sprint(item))
		}
	}
	for _, text := range all {
		text = strings.ReplaceAll(text, "$${", "")
		if !strings.Contains(text, "${") {
			continue
		}
		for _, found := range reads.FindAllStringSubmatch(text, -1) {
			if _, ok := f.Variable[found[1]]; !ok {
				return fmt.Errorf("there is no variable %q", found[1])
			}
		}
	}
	return nil
}
