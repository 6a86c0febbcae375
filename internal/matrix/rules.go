package matrix

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// rule is a rule of the stack, ready to be asked.
type rule struct {
	name    string
	because string
	see     string
	value   cue.Value
	// when is nil where the rule applies to everything.
	when, require, forbid *constraint
	// last is the index of the last axis that the rule needs to decide, -1 if none.
	last int
}

// rejects tells whether the rule rejects a combination.
func (r *rule) rejects(at Combination) bool {
	if r.forbid != nil {
		return r.forbid.holds(at)
	}
	return (r.when == nil || r.when.holds(at)) && !r.require.holds(at)
}

func (m *Matrix) readRules() diag.List {
	fields, list := m.fields("rules")
	for _, f := range fields {
		r, found := m.newRule(f)
		list = append(list, found...)
		m.rules = append(m.rules, r)
	}
	return list
}

// field is one entry of rules or guarantees.
type field struct {
	name  string
	path  cue.Path
	value cue.Value
}

// path is the path of one field.
func path(name string) cue.Path { return cue.MakePath(cue.Str(name)) }

// fields reads the entries of a top-level field, in order of their names.
func (m *Matrix) fields(name string) ([]field, diag.List) {
	v := m.root.LookupPath(path(name))
	if !v.Exists() {
		return nil, nil
	}
	it, err := v.Fields()
	if err != nil {
		return nil, m.positions.Convert(err, m.root, diag.CodeEvaluation)
	}
	var out []field
	var list diag.List
	for it.Next() {
		f := field{name: it.Selector().Unquoted(), path: cue.MakePath(cue.Str(name), it.Selector()), value: it.Value()}
		for _, required := range []string{"because", "combination"} {
			if required == "combination" && name != "guarantees" {
				continue
			}
			if !f.value.LookupPath(path(required)).Exists() {
				list = append(list, diag.Diagnostic{
					Code: diag.CodeMissingField, Severity: diag.Error,
					Span:    m.positions.Label(f.value, f.name),
					Message: fmt.Sprintf("%s.%q: the field %q is required", name, f.name, required),
				})
			}
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return out, list
}

func (m *Matrix) newRule(f field) (*rule, diag.List) {
	r := &rule{name: f.name, value: f.value, last: -1}
	r.because, _ = f.value.LookupPath(path("because")).String()
	r.see, _ = f.value.LookupPath(path("see")).String()
	var list diag.List
	for name, slot := range map[string]**constraint{"when": &r.when, "require": &r.require, "forbid": &r.forbid} {
		if !f.value.LookupPath(path(name)).Exists() {
			continue
		}
		c, found := m.newConstraint(cue.MakePath(append(f.path.Selectors(), cue.Str(name))...))
		list = append(list, found...)
		*slot = c
		if n := len(c.Axes); n > 0 {
			r.last = max(r.last, c.Axes[n-1])
		}
	}
	if (r.forbid == nil) == (r.require == nil) || r.forbid != nil && r.when != nil {
		list = append(list, diag.Diagnostic{
			Code: diag.CodeRuleForm, Severity: diag.Error,
			Span:    m.positions.Label(f.value, f.name),
			Message: fmt.Sprintf("the rule %q must hold either `forbid`, or `require` with or without `when`", f.name),
		})
	}
	return r, list
}

// span is where the rule stands.
func (m *Matrix) span(v cue.Value, name string) source.Span { return m.positions.Label(v, name) }
