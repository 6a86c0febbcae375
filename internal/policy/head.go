package policy

import (
	"fmt"
	"slices"
	"sync"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/summary"
)

// head is what a policy says of itself, as plain data.
type head struct {
	name, kind, because string
	// words are the fields of `when` that must be one of certain strings: most
	// subjects are told apart by them, which takes no evaluation.
	words map[string][]string
	// plain is whether `when` has no other fields.
	plain bool
	// list is what is wrong with its form.
	list diag.List

	// place is where its name stands, once that has been asked for.
	place   source.Span
	placing sync.Once
}

// fieldWhen is the field of a policy that is its condition.
const fieldWhen = "when"

// newHead reads a policy.
func newHead(p Policy, positions *cuediag.Positions) *head {
	h := &head{name: p.Name}
	v := p.Value()
	for _, kind := range []string{kindTarget, kindStage, kindStep} {
		switch {
		case !v.LookupPath(field(kind)).Exists():
		case h.kind != "":
			h.form(fmt.Sprintf("the policy %q is about `%s` and `%s`", h.name, h.kind, kind), "make it two policies")
		default:
			h.kind = kind
		}
	}
	if h.kind == "" {
		h.form(fmt.Sprintf("the policy %q says nothing of targets, stages or steps", h.name), "give it one of `target`, `stage` and `step`")
	}
	h.because, _ = v.LookupPath(field("because")).String()
	if h.because == "" {
		h.list = append(h.list, diag.Diagnostic{
			Code: diag.CodeMissingField, Severity: diag.Error,
			Message: fmt.Sprintf("policies.%q: the field \"because\" is required", h.name),
			Help:    "it is the reason, as whoever violates the policy should see it",
		})
	}
	if len(h.list) > 0 {
		for i := range h.list {
			h.list[i].Span = h.span(p, positions)
		}
		return h
	}
	when := v.LookupPath(field(fieldWhen))
	for _, constraint := range []cue.Value{v.LookupPath(field(h.kind)), when} {
		for _, arm := range choice(constraint) {
			h.optional(arm, positions)
		}
	}
	h.words, h.plain = words(when)
	return h
}

// span is where the name of the policy stands: to find that takes longer than
// to judge by it, and mostly nobody asks.
func (h *head) span(p Policy, positions *cuediag.Positions) source.Span {
	h.placing.Do(func() { h.place = positions.Label(p.Value(), h.name) })
	return h.place
}

// field is the path of a field.
func field(name string) cue.Path { return cue.MakePath(cue.Str(name)) }

func (h *head) form(message, help string) {
	h.list = append(h.list, diag.Diagnostic{
		Code: diag.CodePolicyForm, Severity: diag.Error, Message: message, Help: help,
	})
}

// optional reports optional fields that a view can never have: CUE has nothing
// against them, and they would hold always.
func (h *head) optional(arm cue.Value, positions *cuediag.Positions) {
	fields, err := arm.Fields(cue.Optional(true))
	known := summary.Names(h.kind)
	for err == nil && fields.Next() {
		name := fields.Selector().Unquoted()
		if fields.Selector().ConstraintType() != cue.OptionalConstraint || slices.Contains(known, name) {
			continue
		}
		h.list = append(h.list, diag.Diagnostic{
			Code: diag.CodeUnknownField, Severity: diag.Error, Span: positions.Label(fields.Value(), name),
			Message: fmt.Sprintf("policies.%q: a %s has no fact %q", h.name, h.kind, name), Help: diag.DidYouMean(name, known),
		})
	}
}

// choice are the arms of a disjunction, of which one must hold: CUE itself would
// take two that hold for one that is not settled.
func choice(v cue.Value) []cue.Value {
	if !v.Exists() {
		return nil
	}
	if op, parts := v.Eval().Expr(); op == cue.OrOp {
		return parts
	}
	return []cue.Value{v}
}
