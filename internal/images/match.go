package images

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// groupKey names the variants of a stack that are built from one repository.
type groupKey struct {
	repository string
	stack      *Stack
}

// group is those variants. Which image each of them is built from is decided by
// the axes that they and the images have in common, by name:
//
//   - those in which the images differ, of which one must be chosen, and
//   - those of which some of the variants have the value of an image: then the
//     others, which have another value, lack theirs.
//
// What is left are axes like one that tells the images of a stack apart.
type group struct {
	children []child
	parts    []part
}

// child is a stage of a variant.
type child struct {
	variant int
	base    *Base
}

// part is the images of one stack, by the values that decide.
type part struct {
	stack *Stack
	axes  []common
	index map[string][]publisher
}

// common is an axis of two stacks, by its index in each.
type common struct {
	name       string
	here, ours int
}

// prepare finds out which axes decide, once all children are known.
func (f *finder) prepare(g *group, targets []publisher) {
	ours := f.Variants[g.children[0].variant].Values
	seen := make([]map[string]bool, len(ours)) // the values of children, by axis
	for i := range ours {
		seen[i] = map[string]bool{}
		for _, c := range g.children {
			seen[i][f.Variants[c.variant].Values[i].Value] = true
		}
	}
	first := map[string]string{} // the value of the first image, by axis
	decides := map[string]bool{}
	for _, p := range targets {
		for _, v := range f.Variants[p.variant].Values {
			value, ok := first[v.Name]
			if !ok {
				first[v.Name] = v.Value
			}
			k := axis(ours, v.Name)
			if k >= 0 && !decides[v.Name] && (ok && value != v.Value || seen[k][v.Value]) {
				decides[v.Name] = true
			}
		}
	}
	for _, p := range targets {
		v := f.Variants[p.variant]
		if len(g.parts) == 0 || g.parts[len(g.parts)-1].stack != v.Stack {
			g.parts = append(g.parts, part{stack: v.Stack, axes: shared(v.Values, ours, decides), index: map[string][]publisher{}})
		}
		at := &g.parts[len(g.parts)-1]
		key := joined(at.axes, func(a common) string { return v.Values[a.here].Value })
		at.index[key] = append(at.index[key], p)
	}
}

// axis is the index of an axis, -1 if it is not there.
func axis(values []dockerfile.Pair, name string) int {
	return slices.IndexFunc(values, func(v dockerfile.Pair) bool { return v.Name == name })
}

// shared are the axes that decide and that two stacks have.
func shared(here, ours []dockerfile.Pair, decides map[string]bool) []common {
	var out []common
	for i, v := range here {
		if k := axis(ours, v.Name); k >= 0 && decides[v.Name] {
			out = append(out, common{v.Name, i, k})
		}
	}
	return out
}

func joined(axes []common, value func(common) string) string {
	var b strings.Builder
	for _, a := range axes {
		b.WriteString(value(a))
		b.WriteByte(0)
	}
	return b.String()
}

// find are the images that a stage may be built from.
func (f *finder) find(g *group, c child) []publisher {
	ours := f.Variants[c.variant].Values
	var out []publisher
	for _, at := range g.parts {
		key := joined(at.axes, func(a common) string { return wanted(c.base.Parent, ours[a.ours]) })
		for _, p := range at.index[key] {
			if f.fits(p, c.base.Parent) {
				out = append(out, p)
			}
		}
	}
	return out
}

// wanted is the value that a parent must have where a child has one: the same,
// unless the stage says otherwise.
func wanted(parent *dockerfile.Parent, value dockerfile.Pair) string {
	if parent != nil {
		for _, v := range parent.Values {
			if v.Name == value.Name {
				return v.Value
			}
		}
	}
	return value.Value
}

// fits tells whether an image is as a stage says that its parent is.
func (f *finder) fits(p publisher, parent *dockerfile.Parent) bool {
	if parent == nil {
		return true
	}
	v := f.Variants[p.variant]
	return (parent.Stack == "" || parent.Stack == v.Stack.Name) &&
		(parent.Target == "" || parent.Target == f.target(p).Stage) &&
		!slices.ContainsFunc(parent.Values, func(want dockerfile.Pair) bool { return !slices.Contains(v.Values, want) })
}
