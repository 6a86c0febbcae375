package report

import (
	"errors"
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// sources are the files that the tests' findings are about.
var sources = map[string]string{
	"stages/inference/runtime.cue": strings.Repeat("\n", 13) + "\t\tcopy: from: \"wheel_bilder\"\n",
	"stages/inference/wheels.cue":  "package inference\n\n\twheel_builder: {\n",
	"crlf.cue":                     "a: 1\r\nb: 2\r\n",
	"wide.cue":                     "名前: \"世界\" // 🎉 x\n",
	"long.cue":                     strings.Repeat("\n", 12345) + "x: 1\n",
	"cut.cue":                      "args: [" + strings.Repeat("\"aaaaaaaaa\", ", 10) + "BAD" + strings.Repeat(", \"bbbbbbbbb\"", 10) + "]\n",
	"block.cue":                    "a: {\n\tb: 1\n}\n",
	"evil.cue":                     "a: \"\x1b[31m\u202e\xff\x00\" b\n",
	"tab.cue":                      "a:\tb:\tc\n",
	"open.cue":                     "a: {\n",
}

func options() Options {
	return Options{Format: Text, Source: func(file string) ([]byte, bool) {
		text, ok := sources[file]
		return []byte(text), ok
	}}
}

func render(t *testing.T, o Options, list ...diag.Diagnostic) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, list, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// span is a span in one line.
func span(file string, line, column, end int) source.Span {
	return source.Span{File: file, Line: line, Column: column, EndLine: line, EndColumn: end}
}

// misspelt is the example of the design.
func misspelt() diag.Diagnostic {
	return diag.Diagnostic{
		Code: diag.CodeUnknownStage, Severity: diag.Error,
		Message: `stage "runtime" copies from "wheel_bilder", which is no stage, image or context`,
		Span:    span("stages/inference/runtime.cue", 14, 15, 29),
		Help:    `did you mean "wheel_builder"? (stages/inference/wheels.cue:3)`,
	}
}

func finding(severity diag.Severity, message string) diag.Diagnostic {
	return diag.Diagnostic{Code: "x", Severity: severity, Message: message}
}

func TestMax(t *testing.T) {
	list := diag.List{finding(diag.Warning, "w1"), finding(diag.Error, "e1"), finding(diag.Warning, "w2"), finding(diag.Error, "e2")}
	for _, tt := range []struct {
		max  int
		want string
	}{
		{0, "warning[x]: w1\n\nerror[x]: e1\n\nwarning[x]: w2\n\nerror[x]: e2\n"},
		{4, "warning[x]: w1\n\nerror[x]: e1\n\nwarning[x]: w2\n\nerror[x]: e2\n"},
		{3, "warning[x]: w1\n\nerror[x]: e1\n\nerror[x]: e2\n\n1 more finding; --max-findings=0 shows all\n"},
		{1, "error[x]: e1\n\n3 more findings; --max-findings=0 shows all\n"},
	} {
		o := options()
		o.Max = tt.max
		if got := render(t, o, list...); got != tt.want {
			t.Errorf("%d:\n%s\nwant\n%s", tt.max, got, tt.want)
		}
	}
	o := options()
	o.Format, o.Max = GitHub, 1
	if got, want := render(t, o, list...), "::error title=x::e1\n::notice::3 more findings; --max-findings=0 shows all\n"; got != want {
		t.Errorf("%s", got)
	}
}

func TestRel(t *testing.T) {
	o := options()
	o.Source = nil
	for _, tt := range []struct{ rel, want string }{
		{"../stages/inference/runtime.cue", "../stages/inference/runtime.cue"},
		{"/home/me/stages/inference/runtime.cue", "stages/inference/runtime.cue"},
	} {
		o.Rel = func(string) string { return tt.rel }
		for _, o.Format = range []Format{Text, JSON, GitHub} {
			got := render(t, o, misspelt())
			if !strings.Contains(got, tt.want) || strings.Contains(got, "/home/me") {
				t.Errorf("%s:\n%s", o.Format, got)
			}
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestWriterError(t *testing.T) {
	o := options()
	for _, o.Format = range []Format{Text, JSON, GitHub} {
		if err := Write(broken{}, diag.List{misspelt()}, o); err == nil {
			t.Errorf("%s: the writer's error is lost", o.Format)
		}
	}
}
