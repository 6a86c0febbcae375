package matrix

import (
	"fmt"
	"strings"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
)

// check reports what an arm of a constraint names that does not exist, and
// collects the axes that do.
func (m *Matrix) check(arm choice, named map[int]bool) diag.List {
	if arm.err != nil {
		return diag.List{{
			Code: diag.CodeRuleForm, Severity: diag.Error,
			Span:    m.positions.Value(arm.value),
			Message: "a constraint is a struct of axes, or a choice of such structs",
			Help:    "write {<axis>: <fact>: ...}",
		}}
	}
	var list diag.List
	for _, e := range arm.fields {
		name := e.selector.Unquoted()
		i := m.axis(name)
		if i < 0 {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeUnknownAxis, Severity: diag.Error,
				Span:    m.positions.Label(e.value, name),
				Message: fmt.Sprintf("there is no axis %q, so this would never apply", name),
				Help:    suggest(name, m.axisNames(), "the axes are "),
			})
			continue
		}
		named[i] = true
		list = append(list, m.checkAxisConstraint(e, m.Axes[i])...)
	}
	return list
}

// checkAxisConstraint looks at what a constraint says of one axis.
func (m *Matrix) checkAxisConstraint(e entry, axis Axis) diag.List {
	if e.selector.ConstraintType() != 0 {
		return diag.List{{
			Code: diag.CodeRuleForm, Severity: diag.Error,
			Span:    m.positions.Label(e.value, axis.Name),
			Message: fmt.Sprintf("%q is marked with ? or !, which means nothing in a constraint", axis.Name),
			Help:    "write the name alone",
		}}
	}
	if e.value.IncompleteKind() != cue.StructKind {
		return diag.List{{
			Code: diag.CodeRuleForm, Severity: diag.Error,
			Span:    m.positions.Value(e.value),
			Message: fmt.Sprintf("%q is an axis, and an axis is constrained by its facts", axis.Name),
			Help:    fmt.Sprintf("for a value by its name, say `%s: id: \"...\"`", axis.Name),
		}}
	}
	facts := make([]*known, len(axis.Values))
	for i, value := range axis.Values {
		facts[i] = value.known
	}
	return m.checkFactNames(e.shape, facts, axis.Name)
}

// checkFactNames compares the names in a constraint with those of the facts,
// also inside of facts that are structs.
func (m *Matrix) checkFactNames(s *shape, facts []*known, where string) diag.List {
	var list diag.List
	for _, arm := range s.choices {
		if arm.isStruct {
			list = append(list, m.checkArm(arm, facts, where)...)
		}
	}
	return list
}

func (m *Matrix) checkArm(arm choice, facts []*known, where string) diag.List {
	var list diag.List
	for _, e := range arm.fields {
		name := e.selector.Unquoted()
		var inner []*known
		for _, f := range facts {
			if sub := f.fact(name); sub != nil {
				inner = append(inner, sub)
			}
		}
		switch {
		case len(inner) == 0:
			var names []string
			for _, f := range facts {
				names = append(names, cuediag.FieldNames(f.value)...)
			}
			list = append(list, diag.Diagnostic{
				Code: diag.CodeUnknownFact, Severity: diag.Error,
				Span:    m.positions.Label(e.value, name),
				Message: fmt.Sprintf("%s has no fact %q, so this would never apply", where, name),
				Help:    suggest(name, names, "the facts are "),
			})
		case e.selector.ConstraintType() != 0:
			list = append(list, diag.Diagnostic{
				Code: diag.CodeRuleForm, Severity: diag.Error,
				Span:    m.positions.Label(e.value, name),
				Message: fmt.Sprintf("%q is marked with ? or !, which means nothing in a constraint", name),
				Help:    "write the name alone",
			})
		default:
			list = append(list, m.checkFactNames(e.shape, inner, where+"."+name)...)
		}
	}
	return list
}

// suggest is a help line: the nearest name, or all of them.
func suggest(name string, known []string, list string) string {
	if help := diag.DidYouMean(name, known); help != "" {
		return help
	}
	return list + strings.Join(unique(known), ", ")
}

func unique(names []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}
