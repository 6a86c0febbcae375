package bake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
)

// checked is a file as it is read back. It has the fields that are written, and
// no others: bake ignores what it does not know. `inherits` is none of them, so
// nothing is inherited in a circle.
type checked struct {
	Marker   string `json:"//"`
	Variable map[string]struct {
		Description string
		Default     *string
		Validation  struct {
			Condition    string
			ErrorMessage string `json:"error_message"`
		}
	}
	Group map[string]struct {
		Description string
		Targets     []string
	}
	Target map[string]*checkedTarget
}

type checkedTarget struct {
	Description, Context, Dockerfile, Target string
	Contexts, Args, Labels                   map[string]string
	Platforms, Secret, SSH, Entitlements     []string
	// Tags is a list, or a template of one.
	Tags      any
	CacheFrom []string `json:"cache-from"`
	CacheTo   []string `json:"cache-to"`
	state     int
}

// Check finds what is wrong with a file for bake, much of which bake itself
// would take: fields that it does not know, tags that are none, targets that are
// built from each other.
func Check(text []byte) error {
	var f checked
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return err
	}
	for _, name := range sorted(f.Target) {
		t := f.Target[name]
		if !fit(name) || t.Context == "" || t.Dockerfile == "" || t.Target == "" {
			return fmt.Errorf("the target %q lacks a name, a context, a Dockerfile or a stage", name)
		}
		for _, check := range []func(string, *checkedTarget) error{f.links, f.tags, f.templates} {
			if err := check(name, t); err != nil {
				return fmt.Errorf("target %q: %w", name, err)
			}
		}
	}
	for _, name := range sorted(f.Group) {
		g := f.Group[name]
		if _, taken := f.Target[name]; taken || !fit(name) || len(g.Targets) == 0 {
			return fmt.Errorf("the group %q lacks targets, or a name of its own", name)
		}
		for _, t := range g.Targets {
			if _, group := f.Group[t]; f.Target[t] == nil && (!group || name != "default") {
				return fmt.Errorf("the group %q has no target %q", name, t)
			}
		}
	}
	return nil
}

func fit(name string) bool { return name != "" && !unfit.MatchString(name) }

// link finds the target that a context is.
var link = regexp.MustCompile(`(?:^|")target:([^"]*)`)

// links follows the targets that a target is built from.
func (f *checked) links(name string, t *checkedTarget) error {
	const onPath, done = 1, 2
	switch t.state {
	case onPath:
		return fmt.Errorf("it is built from itself")
	case done:
		return nil
	}
	t.state = onPath
	for _, key := range sorted(t.Contexts) {
		found := link.FindStringSubmatch(t.Contexts[key])
		if found == nil {
			continue
		}
		to := f.Target[found[1]]
		if to == nil {
			return fmt.Errorf("there is no target %q", found[1])
		}
		if len(t.Platforms) > 1 && len(to.Platforms) > 1 && slices.ContainsFunc(t.Platforms, func(p string) bool { return !slices.Contains(to.Platforms, p) }) {
			return fmt.Errorf("%q is not built for all of its platforms", found[1])
		}
		if err := f.links(found[1], to); err != nil {
			return err
		}
	}
	t.state = done
	return nil
}
