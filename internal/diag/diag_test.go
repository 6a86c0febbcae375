package diag

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/source"
)

func at(file string, line, column int) source.Span {
	return source.Span{File: file, Line: line, Column: column}
}

// brief is a list as one line.
func brief(list List) string {
	parts := make([]string, len(list))
	for i, d := range list {
		parts[i] = fmt.Sprintf("%s %s %s", d.Span, d.Code, d.Message)
	}
	return strings.Join(parts, "; ")
}

func TestSorted(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   List
		want string
	}{
		{"nothing", nil, ""},
		{"by place, code and message, and those without a place last", List{
			{Code: "b", Message: "nowhere"},
			{Code: "a", Message: "x", Span: at("b.cue", 1, 1)},
			{Code: "b", Message: "x", Span: at("a.cue", 10, 1)},
			{Code: "a", Message: "y", Span: at("a.cue", 2, 9)},
			{Code: "a", Message: "x", Span: at("a.cue", 2, 9)},
			{Code: "z", Message: "x", Span: at("a.cue", 2, 1)},
			{Code: "a", Message: "whole file", Span: source.Span{File: "a.cue"}},
			{Code: "a", Message: "nowhere"},
		}, "a.cue a whole file; a.cue:2:1 z x; a.cue:2:9 a x; a.cue:2:9 a y; a.cue:10:1 b x; b.cue:1:1 a x;  a nowhere;  b nowhere"},
		{"each finding once, whatever its notes", List{
			{Code: "a", Message: "x", Span: at("a.cue", 1, 1), Notes: []string{"in the variant os=a"}},
			{Code: "a", Message: "other", Span: at("a.cue", 1, 1)},
			{Code: "a", Message: "x", Span: at("a.cue", 1, 1), Notes: []string{"in the variant os=b"}},
		}, "a.cue:1:1 a other; a.cue:1:1 a x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := slices.Clone(tt.in)
			if got := brief(tt.in.Sorted()); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if brief(before) != brief(tt.in) {
				t.Error("the list itself was changed")
			}
		})
	}
}

// The first of findings that are alike stays: its notes name the first variant.
func TestSortedKeepsTheFirst(t *testing.T) {
	list := List{
		{Code: "a", Message: "x", Notes: []string{"first"}},
		{Code: "a", Message: "x", Notes: []string{"second"}},
	}
	if got := list.Sorted(); len(got) != 1 || got[0].Notes[0] != "first" {
		t.Errorf("got %v", got)
	}
}

func TestErrors(t *testing.T) {
	list := List{{Severity: Error}, {Severity: Warning}, {Severity: Error}}
	if got := list.Errors(); got != 2 {
		t.Errorf("%d errors, want 2", got)
	}
	if got := (List{}).Errors(); got != 0 {
		t.Errorf("%d errors in nothing", got)
	}
}
