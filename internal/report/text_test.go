package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

func TestText(t *testing.T) {
	at := func(s source.Span) diag.Diagnostic {
		d := finding(diag.Error, "m")
		d.Span = s
		return d
	}
	full := misspelt()
	full.Related = []diag.Related{
		{Span: span("stages/inference/wheels.cue", 3, 2, 15), Label: "the stage is here"},
		{Span: span("stages/inference/runtime.cue", 14, 3, 7), Label: "on the same line"},
		{Label: "without a place"},
	}
	full.Notes = []string{"a note", "a note\nof two lines\n"}
	inLongFile := at(span("long.cue", 12346, 1, 2))
	inLongFile.Related = []diag.Related{{Span: span("crlf.cue", 2, 1, 2), Label: "short"}}
	inOtherFile := at(span("crlf.cue", 2, 1, 2))
	inOtherFile.Related = []diag.Related{{Span: span("block.cue", 2, 2, 3), Label: "same line, other file"}}
	for _, tt := range []struct {
		name string
		list diag.List
		want string
	}{
		{"the design's", diag.List{misspelt()}, `
error[unknown-stage]: stage "runtime" copies from "wheel_bilder", which is no stage, image or context
  --> stages/inference/runtime.cue:14:15
   14 |         copy: from: "wheel_bilder"
      |                     ^^^^^^^^^^^^^^
  help: did you mean "wheel_builder"? (stages/inference/wheels.cue:3)
`},
		{"everything", diag.List{full}, `
error[unknown-stage]: stage "runtime" copies from "wheel_bilder", which is no stage, image or context
  --> stages/inference/runtime.cue:14:15
   14 |         copy: from: "wheel_bilder"
      |                     ^^^^^^^^^^^^^^
  --> stages/inference/wheels.cue:3:2: the stage is here
    3 |     wheel_builder: {
      |     ^^^^^^^^^^^^^
  --> stages/inference/runtime.cue:14:3: on the same line
  note: without a place
  note: a note
  note: a note
        of two lines
  help: did you mean "wheel_builder"? (stages/inference/wheels.cue:3)
`},
		{"other file", diag.List{inOtherFile}, "\nerror[x]: m\n  --> crlf.cue:2:1\n    2 | b: 2\n      | ^\n  --> block.cue:2:2: same line, other file\n    2 |     b: 1\n      |     ^\n"},
		{"nothing", nil, "\n"},
		{"two", diag.List{finding(diag.Error, "a"), finding(diag.Warning, "b")}, "\nerror[x]: a\n\nwarning[x]: b\n"},
		{"no line", diag.List{at(source.Span{File: "generated/a"})}, "\nerror[x]: m\n  --> generated/a\n"},
		{"no such file", diag.List{at(span("nowhere.cue", 3, 1, 2))}, "\nerror[x]: m\n  --> nowhere.cue:3:1\n"},
		{"no such line", diag.List{at(span("crlf.cue", 99, 1, 2))}, "\nerror[x]: m\n  --> crlf.cue:99:1\n"},
		{"CRLF", diag.List{at(span("crlf.cue", 2, 4, 5))}, "\nerror[x]: m\n  --> crlf.cue:2:4\n    2 | b: 2\n      |    ^\n"},
		{"no end", diag.List{at(source.Span{File: "crlf.cue", Line: 1, Column: 1})}, "\nerror[x]: m\n  --> crlf.cue:1:1\n    1 | a: 1\n      | ^\n"},
		{"behind the end", diag.List{at(span("crlf.cue", 1, 5, 5))}, "\nerror[x]: m\n  --> crlf.cue:1:5\n    1 | a: 1\n      |     ^\n"},
		{"far behind the end", diag.List{at(span("crlf.cue", 1, 50, 60))}, "\nerror[x]: m\n  --> crlf.cue:1:50\n    1 | a: 1\n      |     ^\n"},
		{"ends before it starts", diag.List{at(span("crlf.cue", 1, 4, 1))}, "\nerror[x]: m\n  --> crlf.cue:1:4\n    1 | a: 1\n      |    ^\n"},
		{"several lines", diag.List{at(source.Span{File: "block.cue", Line: 1, Column: 1, EndLine: 3, EndColumn: 2})}, "\nerror[x]: m\n  --> block.cue:1:1\n    1 | a: {\n      | ^^^^\n"},
		{"end of the file", diag.List{at(span("open.cue", 2, 1, 1))}, "\nerror[x]: m\n  --> open.cue:2:1\n    2 |\n      | ^\n"},
		{"tabs within", diag.List{at(span("tab.cue", 1, 7, 8))}, "\nerror[x]: m\n  --> tab.cue:1:7\n    1 | a:    b:    c\n      |             ^\n"},
		{"wide", diag.List{at(span("wide.cue", 1, 9, 17))}, "\nerror[x]: m\n  --> wide.cue:1:9\n    1 | 名前: \"世界\" // 🎉 x\n      |       ^^^^^^\n"},
		{"behind wide", diag.List{at(span("wide.cue", 1, 26, 27))}, "\nerror[x]: m\n  --> wide.cue:1:26\n    1 | 名前: \"世界\" // 🎉 x\n      |                    ^\n"},
		{"within a character", diag.List{at(span("wide.cue", 1, 2, 4))}, "\nerror[x]: m\n  --> wide.cue:1:2\n    1 | 名前: \"世界\" // 🎉 x\n      | ^^\n"},
		{"evil line", diag.List{at(span("evil.cue", 1, 17, 18))}, "\nerror[x]: m\n  --> evil.cue:1:17\n    1 | a: \"\\x1b[31m\\u202e\\xff\\x00\" b\n      |                             ^\n"},
		{"evil message", diag.List{finding(diag.Error, "a\nb\x1b[2J\u2028\xff")}, "\nerror[x]: a\\nb\\x1b[2J\\u2028\\xff\n"},
		{"five digits", diag.List{inLongFile}, "\nerror[x]: m\n  --> long.cue:12346:1\n  12346 | x: 1\n        | ^\n  --> crlf.cue:2:1: short\n      2 | b: 2\n        | ^\n"},
	} {
		if got := "\n" + render(t, options(), tt.list...); got != tt.want {
			t.Errorf("%s:%s\nwant%s", tt.name, got, tt.want)
		}
	}
}

func TestTextCut(t *testing.T) {
	line := sources["cut.cue"]
	bad := strings.Index(line, "BAD") + 1
	for _, tt := range []struct {
		name        string
		width       int
		column, end int
		want        string
	}{
		{"in the middle", 60, bad, bad + 3, "" +
			"    1 | …aaaaaaaaa\", \"aaaaaaaaa\", BAD, \"bbbbbbbbb\", \"bbbbbb…\n" +
			"      |                           ^^^\n"},
		{"at the start", 60, 1, 5, "" +
			"    1 | args: [\"aaaaaaaaa\", \"aaaaaaaaa\", \"aaaaaaaaa\", \"aaaa…\n" +
			"      | ^^^^\n"},
		{"longer than the line", 60, 7, len(line), "" +
			"    1 | args: [\"aaaaaaaaa\", \"aaaaaaaaa\", \"aaaaaaaaa\", \"aaaa…\n" +
			"      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"},
		{"at the end", 60, len(line) - 1, len(line), "" +
			"    1 | …\"bbbbbbbbb\", \"bbbbbbbbb\", \"bbbbbbbbb\", \"bbbbbbbbb\"]\n" +
			"      |                                                    ^\n"},
		{"wide enough", 400, bad, bad + 3, "" +
			"    1 | " + line + "      | " + strings.Repeat(" ", bad-1) + "^^^\n"},
		{"no width", 0, bad, bad + 3, "" +
			"    1 | " + line + "      | " + strings.Repeat(" ", bad-1) + "^^^\n"},
	} {
		d := finding(diag.Error, "m")
		d.Span = span("cut.cue", 1, tt.column, tt.end)
		o := options()
		o.Width = tt.width
		got := render(t, o, d)
		_, got, _ = strings.Cut(got, "\n")
		_, got, _ = strings.Cut(got, "\n")
		if got != tt.want {
			t.Errorf("%s:\n%swant\n%s", tt.name, got, tt.want)
		}
	}
}

var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Colour adds nothing but colour.
func TestTextColor(t *testing.T) {
	d := misspelt()
	d.Related = []diag.Related{{Span: span("crlf.cue", 1, 1, 2), Label: "there"}}
	d.Notes = []string{"a\nb"}
	warning := finding(diag.Warning, "w")
	o := options()
	plain := render(t, o, d, warning)
	o.Color = true
	colored := render(t, o, d, warning)
	if sgr.ReplaceAllString(colored, "") != plain {
		t.Errorf("%q", colored)
	}
	for _, want := range []string{
		"\x1b[31;1merror[unknown-stage]\x1b[0;22m\x1b[1m: stage", "\x1b[33;1mwarning[x]", "\x1b[31;1m^^^^^^^^^^^^^^\x1b[0", "\x1b[34;1m^\x1b[0",
	} {
		if !strings.Contains(colored, want) {
			t.Errorf("no %q in %q", want, colored)
		}
	}
}

// Whatever a line holds and wherever the span is, the carets stand below the
// span, and nothing is wider than the terminal.
func FuzzExcerpt(f *testing.F) {
	f.Add("\t\tcopy: from: \"wheel_bilder\"", 15, 29, 40)
	f.Add("名前: \"世界\" // 🎉 x", 9, 17, 21)
	f.Add(sources["cut.cue"], 130, 133, 60)
	f.Fuzz(func(t *testing.T, line string, column, end, width int) {
		o := Options{Source: func(string) ([]byte, bool) { return []byte(line), true }}
		e, ok := o.excerpt(span("x", 1, column, end), width)
		if !ok {
			t.Fatal("no first line")
		}
		condition := runewidth.Condition{StrictEmojiNeutral: true}
		if e.before < 0 || e.marked < 1 {
			t.Errorf("%+v", e)
		}
		if width >= leastWidth && (condition.StringWidth(e.line) > width || e.before+e.marked > width+1) {
			t.Errorf("wider than %d: %+v", width, e)
		}
		if hasControl(e.line, "") {
			t.Errorf("raw control character: %q", e.line)
		}
	})
}
