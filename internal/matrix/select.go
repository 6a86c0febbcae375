package matrix

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
)

// A Selector is `axis=value` from the command line.
type Selector struct{ Axis, Value string }

// Select keeps the variants that all selectors fit. Selectors that name what
// does not exist are errors, and so is a selection that rules reject: an empty
// result would look like success.
func (m *Matrix) Select(variants []Variant, selectors []Selector) ([]Variant, diag.List) {
	fixed, list := m.Fixed(selectors)
	if len(list) > 0 {
		return nil, list
	}
	var out []Variant
	for _, v := range variants {
		fits := true
		for i, j := range fixed {
			fits = fits && v.Combination[i] == j
		}
		if fits {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return nil, diag.List{m.unsupported(fixed, selectors)}
	}
	return out, nil
}

// Fixed are the axes and values that selectors name, by their indexes.
func (m *Matrix) Fixed(selectors []Selector) (map[int]int, diag.List) {
	var list diag.List
	fixed := map[int]int{}
	for _, s := range selectors {
		i := m.axis(s.Axis)
		if i < 0 {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeUnknownAxis, Severity: diag.Error,
				Message: fmt.Sprintf("there is no axis %q to select %s=%s by", s.Axis, s.Axis, s.Value),
				Help:    suggest(s.Axis, m.axisNames(), "the axes are "),
			})
			continue
		}
		names := m.Axes[i].valueNames()
		j := slices.Index(names, s.Value)
		if j < 0 {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeUnknownValue, Severity: diag.Error,
				Message: fmt.Sprintf("the axis %q has no value %q", s.Axis, s.Value),
				Help:    suggest(s.Value, names, "the values are "),
			})
			continue
		}
		if k, ok := fixed[i]; ok && k != j {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeUnsupported, Severity: diag.Error,
				Message: fmt.Sprintf("no variant has %s=%s and %s=%s at once", s.Axis, names[k], s.Axis, s.Value),
				Help:    "select one value of each axis",
			})
		}
		fixed[i] = j
	}
	return fixed, list
}

// unsupported says why a selection fits no variant. Where the axes that were
// left open differ in the reason, the rules of all of them are named.
func (m *Matrix) unsupported(fixed map[int]int, selectors []Selector) diag.Diagnostic {
	words := make([]string, len(selectors))
	for i, s := range selectors {
		words[i] = s.Axis + "=" + s.Value
	}
	d := diag.Diagnostic{
		Code: diag.CodeUnsupported, Severity: diag.Error,
		Message: "no variant has " + strings.Join(words, " "),
	}
	var open []int
	for i := range m.Axes {
		if _, ok := fixed[i]; !ok {
			open = append(open, i)
		}
	}
	seen := map[string]bool{}
	visited := 0
	m.product(open, func(at Combination) bool {
		for i, j := range fixed {
			at[i] = j
		}
		for _, r := range m.Rejections(at) {
			if !seen[r.Rule] {
				seen[r.Rule] = true
				d.Related = append(d.Related, r.Related)
			}
		}
		visited++
		return visited < maxVariants
	})
	return d
}
