package report

import (
	"fmt"
	"io"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// writeGitHub prints workflow commands, which GitHub shows beside the lines of
// a pull request.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func writeGitHub(w io.Writer, list diag.List, left int, o Options) error {
	var b strings.Builder
	for _, d := range list {
		level := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "notice"}[d.Severity]
		lines := []string{clean(d.Message)}
		for _, r := range d.Related {
			label := clean(r.Label)
			if r.Span.IsValid() {
				label = clean(o.relative(r.Span).String()) + ": " + label
			}
			lines = append(lines, label)
		}
		for _, note := range d.Notes {
			lines = append(lines, cleanLines(note)...)
		}
		if d.Help != "" {
			lines = append(lines, cleanLines("help: "+d.Help)...)
		}
		properties := append(position(o.relative(d.Span)), "title="+property(string(d.Code)))
		fmt.Fprintf(&b, "::%s %s::%s\n", level, strings.Join(properties, ","), data(strings.Join(lines, "\n")))
	}
	if left > 0 {
		fmt.Fprintf(&b, "::notice::%s\n", data(more(left)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// position is a span as properties of a command. Columns are for spans in one
// line only: GitHub has no others.
func position(s source.Span) []string {
	if !s.IsValid() {
		return nil
	}
	out := []string{"file=" + property(s.File)}
	add := func(name string, value int) {
		if value > 0 {
			out = append(out, fmt.Sprintf("%s=%d", name, value))
		}
	}
	add("line", s.Line)
	if s.EndLine > s.Line {
		add("endLine", s.EndLine)
		return out
	}
	add("col", s.Column)
	add("endLine", s.EndLine)
	add("endColumn", s.EndColumn)
	return out
}

// data escapes the message of a command, property one of its parameters, as
// GitHub's own toolkit does.
// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(clean(s))
}
