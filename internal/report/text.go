package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// text prints findings for people.
type text struct {
	strings.Builder
	o                              Options
	red, yellow, blue, cyan, plain *color.Color
}

func writeText(w io.Writer, list diag.List, left int, o Options) error {
	t := &text{
		o:   o,
		red: color.New(color.FgRed, color.Bold), yellow: color.New(color.FgYellow, color.Bold),
		blue: color.New(color.FgBlue, color.Bold), cyan: color.New(color.FgCyan, color.Bold), plain: color.New(color.Bold),
	}
	for _, c := range []*color.Color{t.red, t.yellow, t.blue, t.cyan, t.plain} {
		if o.Color {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
	}
	for i, d := range list {
		if i > 0 {
			t.WriteByte('\n')
		}
		t.finding(d)
	}
	if left > 0 {
		fmt.Fprintf(t, "\n%s\n", more(left))
	}
	_, err := io.WriteString(w, t.String())
	return err
}

func (t *text) finding(d diag.Diagnostic) {
	severity := map[diag.Severity]*color.Color{diag.Error: t.red, diag.Warning: t.yellow, diag.Note: t.blue}[d.Severity]
	head := clean(fmt.Sprintf("%s[%s]", d.Severity, d.Code))
	fmt.Fprintf(t, "%s%s\n", severity.Sprint(head), t.plain.Sprint(": "+clean(d.Message)))
	gutter := gutter(d)
	t.place(d.Span, gutter, severity)
	for _, r := range d.Related {
		t.related(r, d.Span, gutter)
	}
	for _, note := range d.Notes {
		t.remark(t.plain, "note:", note)
	}
	if d.Help != "" {
		t.remark(t.cyan, "help:", d.Help)
	}
}

// remark prints a note, further lines of it below the first.
func (t *text) remark(c *color.Color, word, what string) {
	indent := "  " + strings.Repeat(" ", len(word)+1)
	for i, line := range cleanLines(what) {
		switch {
		case i == 0:
			fmt.Fprintf(t, "  %s %s\n", c.Sprint(word), line)
		case line == "":
			t.WriteByte('\n')
		default:
			fmt.Fprintf(t, "%s%s\n", indent, line)
		}
	}
}

// related prints another place of a finding. Its source line is not repeated if
// it is the finding's own.
func (t *text) related(r diag.Related, primary source.Span, gutter int) {
	if !r.Span.IsValid() {
		t.remark(t.plain, "note:", r.Label)
		return
	}
	t.arrow(r.Span, r.Label)
	if r.Span.File != primary.File || r.Span.Line != primary.Line {
		t.source(r.Span, gutter, t.blue)
	}
}

// place prints the position of a finding with its source line, the span
// underlined.
func (t *text) place(s source.Span, gutter int, mark *color.Color) {
	if s.IsValid() {
		t.arrow(s, "")
		t.source(s, gutter, mark)
	}
}

func (t *text) arrow(s source.Span, label string) {
	fmt.Fprintf(t, "  %s %s", t.blue.Sprint("-->"), clean(t.o.relative(s).String()))
	if label != "" {
		fmt.Fprintf(t, ": %s", clean(label))
	}
	t.WriteByte('\n')
}

func (t *text) source(s source.Span, gutter int, mark *color.Color) {
	width := 0
	if t.o.Width > 0 {
		// What stands before the line: the gutter, a bar and two blanks.
		width = max(1, t.o.Width-gutter-3)
	}
	e, ok := t.o.excerpt(s, width)
	if !ok {
		return
	}
	number := fmt.Sprintf("%*d", gutter, s.Line)
	line := e.line
	if line != "" {
		line = " " + line
	}
	fmt.Fprintf(t, "%s%s\n", t.blue.Sprint(number+" |"), line)
	fmt.Fprintf(t, "%s %s%s\n", t.blue.Sprint(strings.Repeat(" ", gutter)+" |"),
		strings.Repeat(" ", e.before), mark.Sprint(strings.Repeat("^", e.marked)))
}

// gutter is the width of the line numbers of a finding, indented by two: the
// same for all of its places, so that their bars stand below each other.
func gutter(d diag.Diagnostic) int {
	const least = 3
	line := d.Span.Line
	for _, r := range d.Related {
		line = max(line, r.Span.Line)
	}
	return 2 + max(least, len(fmt.Sprint(line)))
}
