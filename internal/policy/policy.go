// Package policy judges what a stack compiles to by the stack's own policies:
// CUE constraints on the views that package summary makes.
package policy

import (
	"cuelang.org/go/cue"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/summary"
)

// A Policy is a policy of a stack for one variant.
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

// Input is what is judged, and by what.
type Input struct {
	// Policies are in order of their names.
	Policies  []Policy
	Memo      *Memo
	Positions *cuediag.Positions
	Summary   *summary.Summary
	// Locate finds the place of a fact.
	Locate func(o dockerfile.Origin, field string) source.Span
	// Explain makes findings of an error of CUE's.
	Explain func(error) diag.List
	// Variant names the variant, "" if there is one only.
	Variant string
}

// A Use tells what became of a policy.
type Use struct {
	Name string
	// Span is where it stands, if it has not applied.
	Span source.Span
	// Applied is whether the policy is about anything in this variant.
	Applied bool
}

// Check judges one Dockerfile. It fails if CUE cannot work a policy out, which
// the list explains.
func Check(in Input) (uses []Use, list diag.List, ok bool) {
	c := &checker{Input: in, views: map[string][]subject{}}
	ok = true
	for _, p := range in.Policies {
		use, worked := c.check(p)
		ok = ok && worked
		uses = append(uses, use)
	}
	return uses, c.list, ok
}

// checker is the state of one Check.
type checker struct {
	Input
	// views are the targets, stages and steps, made when a policy asks for them.
	views map[string][]subject
	list  diag.List
}

// check judges all that a policy is about.
func (c *checker) check(p Policy) (Use, bool) {
	h := c.Memo.head(p, c.Positions)
	c.list = append(c.list, h.list...)
	if len(h.list) > 0 {
		return Use{Name: p.Name, Applied: true}, true
	}
	use := Use{Name: p.Name}
	j := &judge{Policy: p, head: h}
	subjects := c.subjects(h.kind)
	for i := range subjects {
		s := &subjects[i]
		if !s.matches(h.words) {
			continue
		}
		v := c.Memo.verdict(j, s)
		use.Applied = use.Applied || v.applies
		if len(v.failed) > 0 {
			for _, e := range v.failed {
				c.list = append(c.list, c.Explain(e)...)
			}
			use.Applied = true
			return use, false
		}
		for _, f := range v.faults {
			c.violation(p, h, s, f)
		}
	}
	if !use.Applied {
		use.Span = h.span(p, c.Positions)
	}
	return use, true
}
