package policy

import (
	"fmt"
	"slices"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/summary"
)

// head is what a policy says of itself, as plain data.
type head struct {
	name, kind, because string
	span                source.Span
	// words are the fields of `when` that must be certain strings: most
	// subjects are told apart by them, which takes no evaluation.
	words map[string]string
	// list is what is wrong with its form.
	list diag.List
}

// newHead reads a policy.
func newHead(name string, v cue.Value, positions *cuediag.Positions) *head {
	h := &head{name: name, span: positions.Label(v, name), words: map[string]string{}}
	for _, kind := range []string{kindTarget, kindStage, kindStep} {
		switch {
		case !v.LookupPath(cue.ParsePath(kind)).Exists():
		case h.kind != "":
			h.form(fmt.Sprintf("the policy %q is about `%s` and `%s`", name, h.kind, kind), "make it two policies")
		default:
			h.kind = kind
		}
	}
	if h.kind == "" {
		h.form(fmt.Sprintf("the policy %q says nothing of targets, stages or steps", name), "give it one of `target`, `stage` and `step`")
	}
	h.because, _ = v.LookupPath(cue.ParsePath("because")).String()
	if h.because == "" {
		h.list = append(h.list, diag.Diagnostic{
			Code: diag.CodeMissingField, Severity: diag.Error, Span: h.span,
			Message: fmt.Sprintf("policies.%q: the field \"because\" is required", name),
			Help:    "it is the reason, as whoever violates the policy should see it",
		})
	}
	if len(h.list) > 0 {
		return h
	}
	for _, field := range []string{h.kind, "when"} {
		for _, arm := range choice(v.LookupPath(cue.ParsePath(field))) {
			h.optional(arm, positions)
		}
	}
	fields, err := v.LookupPath(cue.ParsePath("when")).Fields()
	for err == nil && fields.Next() {
		if word, err := fields.Value().String(); err == nil {
			h.words[fields.Selector().Unquoted()] = word
		}
	}
	return h
}

func (h *head) form(message, help string) {
	h.list = append(h.list, diag.Diagnostic{
		Code: diag.CodePolicyForm, Severity: diag.Error, Span: h.span, Message: message, Help: help,
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
