package matrix

import (
	"fmt"
	"maps"
	"slices"

	"stagecue.dev/internal/diag"
)

// Findings reports what a matrix that moved on has left behind: rules that
// never apply or reject nothing, and values that are in no variant.
func (m *Matrix) Findings(variants []Variant) diag.List {
	var list diag.List
	for _, r := range m.rules {
		if found, sure := m.find(r.axes(), r.rejects); found != nil || !sure {
			continue
		}
		what := "rejects no combination"
		if r.when != nil {
			if found, sure := m.find(r.when.Axes, r.when.holds); found == nil && sure {
				what = "applies to no combination"
			}
		}
		list = append(list, diag.Diagnostic{
			Code: diag.CodeUnusedRule, Severity: diag.Warning,
			Span:    m.span(r.value, r.name),
			Message: fmt.Sprintf("the rule %q %s", r.name, what),
			Help:    "remove it, or mend it if it was to reject something",
		})
	}
	used := make([]map[int]bool, len(m.Axes))
	for i := range used {
		used[i] = map[int]bool{}
	}
	for _, v := range variants {
		for i, at := range v.Combination {
			used[i][at] = true
		}
	}
	for i, axis := range m.Axes {
		for j, value := range axis.Values {
			if used[i][j] {
				continue
			}
			list = append(list, diag.Diagnostic{
				Code: diag.CodeUnusedValue, Severity: diag.Warning,
				Span:    m.positions.Label(value.CUE, value.Name),
				Message: fmt.Sprintf("the value %q of axis %q is in no variant", value.Name, axis.Name),
				Help:    "remove it, or change the rules that reject all of its combinations",
			})
		}
	}
	return list
}

// product visits every choice of values for some axes, until visit returns
// false. The other axes stay at their first value.
func (m *Matrix) product(axes []int, visit func(Combination) bool) {
	at := make(Combination, len(m.Axes))
	var walk func(n int) bool
	walk = func(n int) bool {
		if n == len(axes) {
			return visit(at)
		}
		for i := range m.Axes[axes[n]].Values {
			at[axes[n]] = i
			if !walk(n + 1) {
				return false
			}
		}
		return true
	}
	walk(0)
}

// maxVisits is how many combinations of the axes of one rule are looked at:
// more than any real rule has, and a fraction of a second.
const maxVisits = 5_000_000

// find is the first choice of values for some axes that is wanted, nil if there
// is none. sure is false where there were too many to look at all of them.
func (m *Matrix) find(axes []int, wanted func(Combination) bool) (found Combination, sure bool) {
	visits := 0
	m.product(axes, func(at Combination) bool {
		visits++
		if wanted(at) {
			found = slices.Clone(at)
		}
		return found == nil && visits < maxVisits
	})
	return found, found != nil || visits < maxVisits
}

// axes are all the axes that decide a rule.
func (r *rule) axes() []int {
	var all []int
	for _, c := range []*constraint{r.when, r.require, r.forbid} {
		if c != nil {
			all = union(all, c.Axes)
		}
	}
	return all
}

// union is what is in one of two sorted lists or both, in order.
func union(a, b []int) []int {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

func sorted(set map[int]bool) []int { return slices.Sorted(maps.Keys(set)) }
