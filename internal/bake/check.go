package bake

import (
	"fmt"
	"regexp"
	"slices"

	"stagecue.dev/internal/rope"
)

// Check finds what is wrong with a file for bake, much of which bake itself
// would take: fields that it does not know, tags that are none, targets that are
// built from each other.
func Check(text rope.Rope) error {
	f, err := read(text)
	if err != nil {
		return err
	}
	for _, name := range sorted(f.targets) {
		t := f.targets[name]
		if !fit(name) || t.Context == "" || t.Dockerfile == "" || t.Target == "" {
			return fmt.Errorf("the target %q lacks a name, a context, a Dockerfile or a stage", name)
		}
		for _, check := range []func(string, *checkedTarget) error{f.links, f.tags, f.templates} {
			if err := check(name, t); err != nil {
				return fmt.Errorf("target %q: %w", name, err)
			}
		}
	}
	for _, name := range sorted(f.groups) {
		g := f.groups[name]
		if _, taken := f.targets[name]; taken || !fit(name) || len(g.Targets) == 0 {
			return fmt.Errorf("the group %q lacks targets, or a name of its own", name)
		}
		for _, t := range g.Targets {
			if _, group := f.groups[t]; f.targets[t] == nil && (!group || name != "default") {
				return fmt.Errorf("the group %q has no target %q", name, t)
			}
		}
	}
	return nil
}

func fit(name string) bool { return name != "" && allFit(name) }

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
		to := f.targets[found[1]]
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
