package images

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// nearest is the image that is most like what is missing, and the values that it
// would need to have instead of its own.
func (f *finder) nearest(g *group, c child) (publisher, []dockerfile.Pair) {
	ours := f.Variants[c.variant].Values
	var best publisher
	var least []dockerfile.Pair
	first := true
	for _, at := range g.parts {
		for _, p := range f.published.of(at) {
			var differ []dockerfile.Pair
			values := f.Variants[p.variant].Values
			for _, a := range at.axes {
				if want := wanted(c.base.Parent, ours[a.ours]); want != values[a.here].Value {
					differ = append(differ, dockerfile.Pair{Name: a.name, Value: want})
				}
			}
			if first || len(differ) < len(least) {
				best, least, first = p, differ, false
			}
		}
	}
	return best, least
}

// of are the images of a part, in order.
func (*published) of(at part) []publisher {
	var out []publisher
	for _, targets := range at.index {
		out = append(out, targets...)
	}
	slices.SortFunc(out, func(a, b publisher) int {
		if a.variant != b.variant {
			return a.variant - b.variant
		}
		return a.target - b.target
	})
	return out
}

// judge says why there is no variant like another one with some values changed.
func (f *finder) judge(near publisher, changed []dockerfile.Pair) ([]diag.Related, []string) {
	v := f.Variants[near.variant]
	values := slices.Clone(v.Values)
	for i := range values {
		for _, c := range changed {
			if values[i].Name == c.Name {
				values[i].Value = c.Value
			}
		}
	}
	rules, note := v.Stack.Judge(values)
	switch name := strings.TrimSpace("stack " + v.Stack.Name + " " + words(values)); {
	case note != "":
		return nil, []string{note}
	case len(rules) > 0:
		return rules, []string{name + " is not supported"}
	default:
		return nil, []string{name + " does not publish it"}
	}
}

// literal writes the values of some axes as CUE.
func literal(values, of []dockerfile.Pair) string {
	var out []string
	for _, v := range values {
		if slices.ContainsFunc(of, func(o dockerfile.Pair) bool { return o.Name == v.Name }) {
			out = append(out, fmt.Sprintf("%s: %q", v.Name, v.Value))
		}
	}
	if len(out) == 1 {
		return out[0]
	}
	return "{" + strings.Join(out, ", ") + "}"
}
