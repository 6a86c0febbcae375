package matrix

import (
	"fmt"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
)

// guarantee is a combination that must stay supported.
type guarantee struct {
	name, because string
	value         cue.Value
	combination   *constraint
}

func (m *Matrix) readGuarantees() diag.List {
	fields, list := m.fields("guarantees")
	for _, f := range fields {
		if !f.value.LookupPath(cue.ParsePath("combination")).Exists() {
			continue
		}
		g := &guarantee{name: f.name, value: f.value}
		g.because, _ = f.value.LookupPath(cue.ParsePath("because")).String()
		c, found := m.newConstraint(cue.MakePath(append(f.path.Selectors(), cue.Str("combination"))...))
		g.combination = c
		list = append(list, found...)
		m.guarantees = append(m.guarantees, g)
	}
	return list
}

// Broken reports guarantees that do not hold: an instance that a rule rejects,
// or no instance at all.
func (m *Matrix) Broken() diag.List {
	var list diag.List
	for _, g := range m.guarantees {
		found := false
		m.product(m.guaranteeAxes(g), func(at Combination) bool {
			if !g.combination.holds(at) {
				return true
			}
			found = true
			reasons := m.Rejections(at)
			if len(reasons) == 0 {
				return true
			}
			d := diag.Diagnostic{
				Code: diag.CodeBrokenGuarantee, Severity: diag.Error,
				Span:    m.span(g.value, g.name),
				Message: fmt.Sprintf("the combination %s is guaranteed, but not supported", m.variant(at)),
				Notes:   []string{"guaranteed because: " + g.because},
				Help:    "change the rule so that it leaves this combination, or withdraw the guarantee",
			}
			for _, r := range reasons {
				d.Related = append(d.Related, r.Related)
			}
			list = append(list, d)
			return false
		})
		if !found {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeBrokenGuarantee, Severity: diag.Error,
				Span:    m.span(g.value, g.name),
				Message: fmt.Sprintf("the guarantee %q names a combination that the axes no longer have", g.name),
				Notes:   []string{"guaranteed because: " + g.because},
				Help:    "bring the axis value back, or withdraw the guarantee",
			})
		}
	}
	return list
}

// guaranteeAxes are the axes that decide a guarantee: its own and those of
// every rule that could reject it.
func (m *Matrix) guaranteeAxes(g *guarantee) []int {
	all := map[int]bool{}
	for _, i := range g.combination.axes {
		all[i] = true
	}
	for _, r := range m.rules {
		for _, i := range r.axes() {
			all[i] = true
		}
	}
	return sorted(all)
}
