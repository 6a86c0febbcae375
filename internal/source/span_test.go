package source

import "testing"

func TestSpanString(t *testing.T) {
	for _, tt := range []struct {
		span  Span
		want  string
		valid bool
	}{
		{Span{}, "", false},
		{Span{Line: 3, Column: 1}, ":3:1", false},
		{Span{File: "stages/app/app.cue"}, "stages/app/app.cue", true},
		{Span{File: "a.cue", Line: 3, Column: 7}, "a.cue:3:7", true},
		{Span{File: "a.cue", Line: 3, Column: 7, EndLine: 4, EndColumn: 2}, "a.cue:3:7", true},
	} {
		if got := tt.span.String(); got != tt.want {
			t.Errorf("%#v is %q, want %q", tt.span, got, tt.want)
		}
		if got := tt.span.IsValid(); got != tt.valid {
			t.Errorf("%#v: valid is %v, want %v", tt.span, got, tt.valid)
		}
	}
}
