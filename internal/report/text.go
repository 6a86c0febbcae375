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
	severity := t.red
	if d.Severity != diag.Error {
		severity = t.yellow
	}
	fmt.Fprintf(t, "%s%s\n", severity.Sprintf("%s[%s]", d.Severity, d.Code), t.plain.Sprint(": "+clean(d.Message)))
	t.place(d.Span, "", severity)
	for _, r := range d.Related {
		t.place(r.Span, r.Label, t.blue)
	}
	for _, note := range d.Notes {
		fmt.Fprintf(t, "  %s %s\n", t.plain.Sprint("note:"), clean(note))
	}
	if d.Help != "" {
		fmt.Fprintf(t, "  %s %s\n", t.cyan.Sprint("help:"), clean(d.Help))
	}
}

// place prints a position with its source line, the span underlined.
func (t *text) place(s source.Span, label string, mark *color.Color) {
	if !s.IsValid() {
		if label != "" {
			fmt.Fprintf(t, "  %s %s\n", t.plain.Sprint("note:"), clean(label))
		}
		return
	}
	printed := s
	printed.File = clean(t.o.Rel(s.File))
	fmt.Fprintf(t, "  %s %s", t.blue.Sprint("-->"), printed)
	if label != "" {
		fmt.Fprintf(t, ": %s", clean(label))
	}
	t.WriteByte('\n')
	e, ok := t.excerpt(s)
	if !ok {
		return
	}
	number := fmt.Sprintf("%5d", s.Line)
	gutter := strings.Repeat(" ", len(number))
	fmt.Fprintf(t, "%s %s\n", t.blue.Sprint(number+" |"), e.line)
	fmt.Fprintf(t, "%s %s%s\n", t.blue.Sprint(gutter+" |"), strings.Repeat(" ", e.before), mark.Sprint(strings.Repeat("^", e.marked)))
}
