package evaluate

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/diag"
)

// A Policy is a policy of the stack for a variant.
type Policy struct {
	Name string
	// Facts tell variants apart for which the policy may be another one.
	Facts string
	// Mentions tells whether a field of a view can matter to the policy, by its
	// name. It is nil if all do.
	Mentions func(name string) bool
	// Value evaluates it.
	Value func() cue.Value
}

// Policies are the policies of the stack. Each is evaluated when it is asked
// for, from the part of the stack that it needs, and with the facts that it
// reads: what of them were not in Facts would be missing.
func (f *Filled) Policies() []Policy {
	names, ok := f.builder.Graph().Names("policies")
	if !ok || f.memo.Naive {
		return f.WholePolicies()
	}
	var out []Policy
	for _, name := range names {
		u := f.policy(name)
		if !u.ok || slices.ContainsFunc(u.reads, func(r depend.Read) bool { return f.variant.Value(r.Axis) == "" }) {
			return f.WholePolicies()
		}
		key := f.memo.facts.key(u.reads, f.variant)
		out = append(out, Policy{Name: name, Facts: key, Mentions: u.mentions, Value: func() cue.Value {
			return f.policies(names, u.reads, key).LookupPath(at([]string{name}))
		}})
	}
	return out
}

// policyUnit is a policy as it is evaluated.
type policyUnit struct {
	unit
	mentions func(name string) bool
}

func (f *Filled) policy(name string) policyUnit {
	u, ok := f.policyUnits[name]
	if !ok {
		path := []string{"policies", name}
		u.unit = *f.unit(strings.Join(path, "."), path, func(g *depend.Graph, besides ...[]string) (depend.Part, bool) {
			return g.Part(append(besides, path)...)
		})
		if u.ok {
			var ok bool
			u.part, ok = u.take(f.builder.Graph())
			// What a unit needs is for all evaluators, and not to be changed.
			u.needs = &needs{u.reads, u.single, ok}
		}
		u.part, u.mentions = f.builder.Policy(u.part)
		f.policyUnits[name] = u
	}
	return u
}

// policies are those that read the same facts, built together.
func (f *Filled) policies(names []string, reads []depend.Read, facts string) cue.Value {
	var paths [][]string
	var which strings.Builder
	for _, name := range names {
		if slices.Equal(f.policy(name).reads, reads) {
			paths = append(paths, []string{"policies", name})
			which.WriteString(name + "\x00")
		}
	}
	key := which.String() + facts
	v, ok := f.builtPolicies[key]
	if !ok {
		part, _ := f.builder.Graph().Part(paths...)
		part, _ = f.builder.Policy(part)
		v = f.builder.Part(part, f.memo.facts.of(reads, f.variant)).LookupPath(at([]string{"policies"}))
		f.builtPolicies[key] = v
	}
	return v
}

// WholePolicies are the policies, evaluated from the whole stack: what is wrong
// with one is explained from all that there is.
func (f *Filled) WholePolicies() []Policy {
	var out []Policy
	fields, err := f.root().LookupPath(at([]string{"policies"})).Fields()
	for err == nil && fields.Next() {
		v := fields.Value()
		out = append(out, Policy{
			Name: fields.Selector().Unquoted(), Facts: f.memo.facts.key(f.all(), f.variant), Value: func() cue.Value { return v },
		})
	}
	slices.SortFunc(out, func(a, b Policy) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Explain makes findings of errors of CUE's that came up in this variant.
func (f *Filled) Explain(err error) diag.List { return f.errors(err) }
