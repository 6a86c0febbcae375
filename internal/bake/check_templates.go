package bake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/distribution/reference"

	"stagecue.dev/internal/dockerfile"
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
			if strings.Contains(tag, "${") {
				tag = given.ReplaceAllStringFunc(tag, f.plain)
			}
			tags = append(tags, tag)
		}
	}
	for _, tag := range tags {
		if err := f.tag(tag); err != nil {
			return err
		}
	}
	return nil
}

// tag holds that a text is a repository with a tag.
func (f *checked) tag(text string) error {
	repository, tag, digest := dockerfile.SplitReference(text)
	named := f.repositories[repository]
	if named == nil {
		var err error
		if named, err = reference.ParseNormalizedNamed(repository); err != nil {
			return fmt.Errorf("the tag %q is none: %w", text, err)
		}
		f.repositories[repository] = named
	}
	switch {
	case digest != "":
		return fmt.Errorf("%q has a digest, which nobody can publish it under", text)
	case tag == "":
		return fmt.Errorf("%q has no tag", text)
	}
	if _, err := reference.WithTag(named, tag); err != nil {
		return fmt.Errorf("the tag %q is none: %w", text, err)
	}
	return nil
}

// plain is what a template comes to if nothing is given.
func (f *checked) plain(template string) string {
	found := given.FindStringSubmatch(template)
	if found[2] != "" {
		return found[2]
	}
	if v := f.variables[found[1]]; v.Default != nil && *v.Default != "" {
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
	var undeclared []string
	for _, texts := range [][]string{t.Secret, t.SSH, t.CacheFrom, t.CacheTo} {
		for _, text := range texts {
			undeclared = append(undeclared, f.undeclared(text)...)
		}
	}
	for _, texts := range []map[string]string{t.Contexts, t.Args} {
		for _, text := range texts {
			undeclared = append(undeclared, f.undeclared(text)...)
		}
	}
	switch v := t.Tags.(type) {
	case string:
		undeclared = append(undeclared, f.undeclared(v)...)
	case []any:
		for _, item := range v {
			undeclared = append(undeclared, f.undeclared(fmt.Sprint(item))...)
		}
	}
	if len(undeclared) > 0 {
		return fmt.Errorf("there is no variable %q", slices.Min(undeclared))
	}
	return nil
}

// undeclared are the variables that a template reads and nobody declares.
func (f *checked) undeclared(template string) []string {
	if !strings.Contains(template, "${") || f.declared[template] {
		return nil
	}
	var out []string
	for _, found := range reads.FindAllStringSubmatch(strings.ReplaceAll(template, "$${", ""), -1) {
		if _, ok := f.variables[found[1]]; !ok {
			out = append(out, found[1])
		}
	}
	f.declared[template] = len(out) == 0
	return out
}
