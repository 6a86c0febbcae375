package images

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// maxShown is how many images a finding names.
const maxShown = 4

// ambiguous reports a stage that several images could be the parent of.
func (f *finder) ambiguous(c child, repository string, found []publisher) {
	if !f.known(c, repository) {
		return
	}
	f.report(c, diag.CodeAmbiguousParent, "",
		fmt.Sprintf("stage %q is built from %s, which %d images are published as", c.base.Stage, c.base.From, len(found)),
		func(d *diag.Diagnostic) {
			for _, p := range found[:min(len(found), maxShown)] {
				related := f.publishing(p, repository)
				related.Label = fmt.Sprintf("%s is one of them", f.image(p))
				d.Related = append(d.Related, related)
			}
			d.Help = "say which one is meant: `parent: " + f.choice(found[0], found[1]) + "`"
		})
}

// choice writes what tells an image from another one as CUE.
func (f *finder) choice(a, b publisher) string {
	va, vb := f.Variants[a.variant], f.Variants[b.variant]
	switch {
	case va.Stack != vb.Stack:
		return fmt.Sprintf("stack: %q", va.Stack.Name)
	case a.variant == b.variant:
		if f.target(b).Stage == vb.Plan.Default {
			a = b // the one that is meant most often
		}
		return fmt.Sprintf("target: %q", f.target(a).Stage)
	}
	var differ []dockerfile.Pair
	for i, v := range va.Values {
		if v != vb.Values[i] {
			differ = append(differ, v)
		}
	}
	return "values: " + literal(va.Values, differ)
}

// misspelt is what to change of a parent that names nothing, and to what.
func (f *finder) misspelt(parent *dockerfile.Parent, repository string) (field, help string) {
	var stacks, targets, axes []string
	values := map[string][]string{}
	add := func(to []string, name string) []string {
		if slices.Contains(to, name) {
			return to
		}
		return append(to, name)
	}
	for _, p := range f.published.targets[repository] {
		v := f.Variants[p.variant]
		stacks, targets = add(stacks, v.Stack.Name), add(targets, f.target(p).Stage)
		for _, value := range v.Values {
			axes, values[value.Name] = add(axes, value.Name), add(values[value.Name], value.Value)
		}
	}
	if s := parent.Stack; s != "" && !slices.Contains(stacks, s) {
		return "parent.stack", suggest("stack", s, stacks)
	}
	if t := parent.Target; t != "" && !slices.Contains(targets, t) {
		return "parent.target", suggest("target", t, targets)
	}
	for _, v := range parent.Values {
		field := "parent.values." + v.Name
		if !slices.Contains(axes, v.Name) {
			return field, suggest("axis", v.Name, axes)
		}
		if !slices.Contains(values[v.Name], v.Value) {
			return field, suggest("value of "+v.Name, v.Value, values[v.Name])
		}
	}
	return "parent", "change or remove `parent`"
}

func suggest(what, name string, known []string) string {
	slices.Sort(known)
	help := fmt.Sprintf("no %s that publishes it is %q", what, name)
	if near := diag.DidYouMean(name, known); near != "" {
		return help + ": " + near
	}
	if len(known) == 0 {
		return help
	}
	return fmt.Sprintf("%s; what does: %s", help, strings.Join(known[:min(len(known), maxKnown)], ", "))
}

// maxKnown is how many names a help lists.
const maxKnown = 8
