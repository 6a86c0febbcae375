package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maruel/natural"
)

// A Set is some of the variants of a stack, said in few words.
type Set struct {
	Stack string `json:"stack"`
	// Of are selections that come to just these variants: "all 18", or
	// "framework=vllm (6)".
	Of []string `json:"of"`
	// Paths are those of the Dockerfiles, below generated/, in order.
	Paths []string `json:"paths"`
}

// A universe is all variants of a stack in one state, of which sets are parts.
type universe struct {
	variants []Variant
	// axes are the names of those that the variants differ in.
	axes []string
}

func newUniverse(variants []Variant) *universe {
	u := &universe{variants: variants}
	for _, v := range variants {
		for _, p := range v.Values {
			if !slices.Contains(u.axes, p.Name) && len(u.valuesOf(variants, p.Name)) > 1 {
				u.axes = append(u.axes, p.Name)
			}
		}
	}
	return u
}

// value is that of an axis, "" if the variant does not have the axis.
func value(v Variant, axis string) string {
	for _, p := range v.Values {
		if p.Name == axis {
			return p.Value
		}
	}
	return ""
}

// valuesOf are the values that variants have of an axis, in natural order.
func (u *universe) valuesOf(variants []Variant, axis string) []string {
	seen := map[string]bool{}
	for _, v := range variants {
		seen[value(v, axis)] = true
	}
	out := make([]string, 0, len(seen))
	for v := range seen {
		out = append(out, v)
	}
	slices.SortFunc(out, compareNames)
	return out
}

// compareNames is the natural order: 9 before 10.
func compareNames(a, b string) int {
	switch {
	case natural.Less(a, b):
		return -1
	case natural.Less(b, a):
		return 1
	}
	return 0
}

// set says which variants of the stack some are.
func (u *universe) set(stack string, some []Variant) Set {
	s := Set{Stack: stack}
	for _, v := range some {
		s.Paths = append(s.Paths, v.Path)
	}
	slices.Sort(s.Paths)
	switch {
	case len(u.variants) == 1:
		s.Of = []string{"the only one"}
	case len(some) == len(u.variants):
		s.Of = []string{fmt.Sprintf("all %d", len(some))}
	default:
		s.Of = u.cover(some, u.axes)
	}
	return s
}

// sets says which variants of each stack some are, by stack.
func sets(universes map[string]*universe, some []Variant) []Set {
	byStack := map[string][]Variant{}
	for _, v := range some {
		byStack[v.Stack] = append(byStack[v.Stack], v)
	}
	var out []Set
	for stack, list := range byStack {
		out = append(out, universes[stack].set(stack, list))
	}
	slices.SortFunc(out, func(a, b Set) int { return strings.Compare(a.Stack, b.Stack) })
	return out
}
