package matrix

import (
	"fmt"
	"iter"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// A Rule is a rule as data.
type Rule struct {
	Name, Because, See string
	Span               source.Span
	// Axes are the indexes of the axes that it looks at, in order.
	Axes []int
}

// Rules are the rules of the stack, in order of their names.
func (m *Matrix) Rules() []Rule {
	out := make([]Rule, len(m.rules))
	for i, r := range m.rules {
		out[i] = Rule{Name: r.name, Because: r.because, See: r.see, Span: m.span(r.value, r.name), Axes: r.axes()}
	}
	return out
}

// All goes through every combination, in order, with the indexes of the rules
// that reject it. Both slices are only good until the next step.
func (m *Matrix) All() iter.Seq2[[]int, []int] {
	return func(yield func([]int, []int) bool) {
		axes := make([]int, len(m.Axes))
		for i := range axes {
			axes[i] = i
		}
		var rejected []int
		m.product(axes, func(at Combination) bool {
			rejected = rejected[:0]
			for i, r := range m.rules {
				if r.rejects(at) {
					rejected = append(rejected, i)
				}
			}
			return yield(at, rejected)
		})
	}
}

// maxShown is how many combinations a person or a program is shown.
const maxShown = 5_000_000

// Shown says why the combinations are too many to be gone through one by one,
// nil if they are not.
func (m *Matrix) Shown() *diag.Diagnostic {
	n := 1
	for _, a := range m.Axes {
		if n *= len(a.Values); n > maxShown {
			d := m.tooLarge()
			d.Message = fmt.Sprintf("the matrix has more than %d combinations, too many to show", maxShown)
			return &d
		}
	}
	return nil
}

// Allowed are the values of an axis that a combination could have instead, as
// far as one rule is concerned; nil if the rule does not look at the axis.
func (m *Matrix) Allowed(rule int, axis int, at Combination) []string {
	looked := false
	for _, i := range m.rules[rule].axes() {
		looked = looked || i == axis
	}
	if !looked {
		return nil
	}
	out := []string{}
	for i, v := range m.Axes[axis].Values {
		other := append(Combination(nil), at...)
		other[axis] = i
		if !m.rules[rule].rejects(other) {
			out = append(out, v.Name)
		}
	}
	return out
}

// Variant is a combination with the values that it stands for.
func (m *Matrix) Variant(at Combination) Variant { return m.variant(at) }

// Rejects tells whether one rule rejects a combination, of which only the axes
// that the rule looks at need be chosen.
func (m *Matrix) Rejects(rule int, at Combination) bool { return m.rules[rule].rejects(at) }

// Rejected are the indexes of the rules that reject a combination.
func (m *Matrix) Rejected(at Combination) []int {
	var out []int
	for i, r := range m.rules {
		if r.rejects(at) {
			out = append(out, i)
		}
	}
	return out
}

// Find is the combination that selectors name. An axis may be left out if it
// has one value.
func (m *Matrix) Find(selectors []Selector) (Combination, diag.List) {
	fixed, list := m.Fixed(selectors)
	if len(list) > 0 {
		return nil, list
	}
	at := make(Combination, len(m.Axes))
	for i, axis := range m.Axes {
		j, ok := fixed[i]
		if !ok && len(axis.Values) > 1 {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeAmbiguousSelection, Severity: diag.Error,
				Message: "the axis \"" + axis.Name + "\" is not selected, and it has several values",
				Help:    "add " + axis.Name + "=..., one of " + strings.Join(axis.valueNames(), ", "),
			})
		}
		at[i] = j
	}
	return at, list
}
