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
	// Value evaluates it.
	Value func() cue.Value
}

// Policies are the policies of the stack. Each is evaluated when it is asked
// for, from the part of the stack that it needs, and with the facts that it
// reads: what of them were not in Facts would be missing.
func (f *Filled) Policies() []Policy {
	graph := f.builder.Graph()
	names, ok := graph.Names("policies")
	if !ok {
		return f.WholePolicies()
	}
	var out []Policy
	for _, name := range names {
		part, ok := graph.Part([]string{"policies", name})
		reads := part.Reads
		if !part.Monotonic {
			reads = f.all()
		}
		if !ok || slices.ContainsFunc(reads, func(r depend.Read) bool { return f.names[r.Axis] == "" }) {
			return f.WholePolicies()
		}
		key := f.memo.facts.key(reads, f.names)
		out = append(out, Policy{Name: name, Facts: key, Value: func() cue.Value {
			return f.policies(names, reads, key).LookupPath(at([]string{name}))
		}})
	}
	return out
}

// policies are those that read the same facts, built together.
func (f *Filled) policies(names []string, reads []depend.Read, facts string) cue.Value {
	graph := f.builder.Graph()
	var paths [][]string
	for _, name := range names {
		path := []string{"policies", name}
		part, _ := graph.Part(path)
		if part.Monotonic && slices.Equal(part.Reads, reads) || !part.Monotonic && slices.Equal(f.all(), reads) {
			paths = append(paths, path)
		}
	}
	var which strings.Builder
	for _, path := range paths {
		which.WriteString(path[1] + "\x00")
	}
	key := which.String() + facts
	v, ok := f.builtPolicies[key]
	if !ok {
		part, _ := graph.Part(paths...)
		// A policy is held against facts that it does not name.
		v = f.builder.Part(part.Open(), f.memo.facts.of(reads, f.names)).LookupPath(at([]string{"policies"}))
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
			Name: fields.Selector().Unquoted(), Facts: f.memo.facts.key(f.all(), f.names), Value: func() cue.Value { return v },
		})
	}
	slices.SortFunc(out, func(a, b Policy) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Explain makes findings of errors of CUE's that came up in this variant.
func (f *Filled) Explain(err error) diag.List { return f.errors(err) }
