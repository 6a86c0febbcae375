package report

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

func TestJSON(t *testing.T) {
	d := misspelt()
	d.Message = "<a> & \x1b"
	d.Related = []diag.Related{{Span: source.Span{File: "stages/b.cue", Line: 3, Column: 2}, Label: "there"}}
	d.Notes = []string{"a note\nof two lines"}
	o := options()
	o.Format, o.Max = JSON, 2
	o.Rel = func(file string) string { return "../" + file }
	want := `{
  "version": 1,
  "findings": [
    {
      "code": "unknown-stage",
      "severity": "error",
      "message": "<a> & \u001b",
      "span": {
        "file": "../stages/inference/runtime.cue",
        "line": 14,
        "column": 15,
        "endLine": 14,
        "endColumn": 29
      },
      "related": [
        {
          "span": {
            "file": "../stages/b.cue",
            "line": 3,
            "column": 2
          },
          "label": "there"
        }
      ],
      "notes": [
        "a note\nof two lines"
      ],
      "help": "did you mean \"wheel_builder\"? (stages/inference/wheels.cue:3)"
    },
    {
      "code": "x",
      "severity": "warning",
      "message": "w"
    }
  ],
  "more": 1
}
`
	if got := render(t, o, d, finding(diag.Warning, "w"), finding(diag.Warning, "w2")); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if d.Related[0].Span.File != "stages/b.cue" {
		t.Error("the list is not left as it was")
	}
	if got, want := render(t, o), "{\n  \"version\": 1,\n  \"findings\": []\n}\n"; got != want {
		t.Errorf("%s", got)
	}
}

func TestGitHub(t *testing.T) {
	full := misspelt()
	full.Message = "100%: a, b"
	full.Related = []diag.Related{{Span: source.Span{File: "b.cue", Line: 3, Column: 2}, Label: "there"}, {Label: "no place"}}
	full.Notes = []string{"a note\r\nof two lines"}
	odd := finding(diag.Warning, "a\nb\x1b")
	odd.Code = "a:b,c%"
	odd.Span = source.Span{File: "a,b:c%\n.cue", Line: 1, Column: 2, EndLine: 3, EndColumn: 4}
	bare := finding(diag.Error, "m")
	bare.Span = source.Span{File: "generated/a"}
	o := options()
	o.Format = GitHub
	want := `::error file=stages/inference/runtime.cue,line=14,col=15,endLine=14,endColumn=29,title=unknown-stage::100%25: a, b` +
		`%0Ab.cue:3:2: there%0Ano place%0Aa note%0Aof two lines%0Ahelp: did you mean "wheel_builder"? (stages/inference/wheels.cue:3)
::warning file=a%2Cb%3Ac%25\n.cue,line=1,endLine=3,title=a%3Ab%2Cc%25::a\nb\x1b
::error file=generated/a,title=x::m
::error title=x::n
`
	if got := render(t, o, full, odd, bare, finding(diag.Error, "n")); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// hasControl tells whether a text holds what a terminal would obey, apart from
// the characters that are allowed.
func hasControl(s, allowed string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsGraphic(r) && r != '\u200d' && !strings.ContainsRune(allowed, r)
	})
}

// Whatever findings hold, it cannot steer a terminal, start another command of
// GitHub's, or break the JSON.
func FuzzWrite(f *testing.F) {
	f.Add("a\n::error::b\r\x1b[2J", "f,:%\n.cue", "l\u202e", "n\n\n::warning::x", "h%0A", 1, 2)
	f.Fuzz(func(t *testing.T, message, file, label, note, help string, line, column int) {
		s := source.Span{File: file, Line: line, Column: column, EndLine: line, EndColumn: column + 3}
		list := diag.List{{
			Code: diag.Code(label), Severity: diag.Error, Message: message, Span: s,
			Related: []diag.Related{{Span: s, Label: label}, {Label: label}}, Notes: []string{note}, Help: help,
		}}
		o := Options{Format: Text, Width: 80, Source: func(string) ([]byte, bool) { return []byte(message), true }}
		if got := render(t, o, list...); hasControl(got, "\n") {
			t.Errorf("%q", got)
		}
		o.Format = GitHub
		got := render(t, o, list...)
		if strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "\n") || hasControl(got, "\n") {
			t.Errorf("%q", got)
		}
		// The properties end at the first "::" behind the name of the command:
		// none of their values may hold one.
		properties, _, _ := strings.Cut(strings.TrimPrefix(got, "::"), "::")
		if !strings.Contains(properties, "title=") {
			t.Errorf("a property ends the command: %q", got)
		}
		o.Format = JSON
		if got := render(t, o, list...); !json.Valid([]byte(got)) || strings.ContainsAny(got, "\x1b\r") {
			t.Errorf("%q", got)
		}
	})
}
