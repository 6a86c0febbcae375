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
		if !f.value.LookupPath(path("combination")).Exists() {
			continue
		}
		g := &guarantee{name: f.name, value: f.value}
		g.because, _ = f.value.LookupPath(path("because")).String()
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
		if found, sure := m.find(g.combination.Axes, g.combination.holds); found == nil && sure {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeBrokenGuarantee, Severity: diag.Error,
				Span:    m.span(g.value, g.name),
				Message: fmt.Sprintf("the guarantee %q names a combination that the axes no longer have", g.name),
				Notes:   []string{"guaranteed because: " + g.because},
				Help:    "bring the axis value back, or withdraw the guarantee",
			})
		} else if at := m.rejected(g); at != nil {
			d := diag.Diagnostic{
				Code: diag.CodeBrokenGuarantee, Severity: diag.Error,
				Span:    m.span(g.value, g.name),
				Message: fmt.Sprintf("the combination %s is guaranteed, but not supported", m.variant(at)),
				Notes:   []string{"guaranteed because: " + g.because},
				Help:    "change the rule so that it leaves this combination, or withdraw the guarantee",
			}
			for _, r := range m.Rejections(at) {
				d.Related = append(d.Related, r.Related)
			}
			list = append(list, d)
		}
	}
	return list
}

// rejected is a guaranteed combination that a rule rejects, nil if there is
// none. Rules are looked at one by one: the product of the axes of all of them
// may be a thousand times what is supported.
func (m *Matrix) rejected(g *guarantee) Combination {
	for _, r := range m.rules {
		axes := union(g.combination.Axes, r.axes())
		if at, _ := m.find(axes, func(at Combination) bool { return g.combination.holds(at) && r.rejects(at) }); at != nil {
			return at
		}
	}
	return nil
}
