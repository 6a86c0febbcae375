// Package diag is the one form in which everything that is wrong with a user's
// input is reported.
package diag

import (
	"cmp"
	"slices"

	"stagecue.dev/internal/source"
)

// A Severity says what a finding does to a run.
type Severity string

const (
	// Error findings stop everything: nothing is written.
	Error Severity = "error"
	// Warning findings never stop gen; vet and check exit with 1 for them.
	Warning Severity = "warning"
	// Note findings are worth knowing, and change no exit code.
	Note Severity = "note"
)

// A Diagnostic is one finding.
type Diagnostic struct {
	// Code names the kind of finding; see codes.go.
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	// Message is one line, without a full stop and without a position.
	Message string `json:"message"`
	// Span is the place in the user's own files that is to be changed.
	Span source.Span `json:"span,omitzero"`
	// Related are other places that matter, each with what it has to do with it.
	Related []Related `json:"related,omitempty"`
	// Notes are further facts, a line each.
	Notes []string `json:"notes,omitempty"`
	// Help is the way out.
	Help string `json:"help,omitempty"`
}

// Related is a place that explains a finding.
type Related struct {
	Span  source.Span `json:"span"`
	Label string      `json:"label"`
}

// A List is the findings of one run.
type List []Diagnostic

// Errors is the number of findings that stop a run.
func (l List) Errors() int {
	n := 0
	for _, d := range l {
		if d.Severity == Error {
			n++
		}
	}
	return n
}

// Notes is the number of findings that change nothing.
func (l List) Notes() int {
	n := 0
	for _, d := range l {
		if d.Severity == Note {
			n++
		}
	}
	return n
}

// Sorted returns the list by position, each finding once. Findings without a
// position come last.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		if a.Span.IsValid() != b.Span.IsValid() {
			if a.Span.IsValid() {
				return -1
			}
			return 1
		}
		return cmp.Or(
			cmp.Compare(a.Span.File, b.Span.File),
			cmp.Compare(a.Span.Line, b.Span.Line),
			cmp.Compare(a.Span.Column, b.Span.Column),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(out, func(a, b Diagnostic) bool {
		return a.Code == b.Code && a.Span == b.Span && a.Message == b.Message
	})
}
