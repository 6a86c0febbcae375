package report

import (
	"fmt"
	"io"
	"strings"

	"stagecue.dev/internal/diag"
)

// writeGitHub prints workflow commands, which GitHub shows beside the lines of
// a pull request.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func writeGitHub(w io.Writer, list diag.List, left int, o Options) error {
	var b strings.Builder
	for _, d := range list {
		level := "error"
		if d.Severity != diag.Error {
			level = "warning"
		}
		var properties []string
		if d.Span.IsValid() {
			properties = append(properties, "file="+property(o.Rel(d.Span.File)))
		}
		for _, p := range []struct {
			name  string
			value int
		}{{"line", d.Span.Line}, {"col", d.Span.Column}, {"endLine", d.Span.EndLine}, {"endColumn", d.Span.EndColumn}} {
			if p.value > 0 {
				properties = append(properties, fmt.Sprintf("%s=%d", p.name, p.value))
			}
		}
		properties = append(properties, "title="+property(string(d.Code)))
		text := []string{d.Message}
		for _, r := range d.Related {
			where := r.Label
			if r.Span.IsValid() {
				where = relative(r.Span, o).String() + ": " + r.Label
			}
			text = append(text, where)
		}
		text = append(text, d.Notes...)
		if d.Help != "" {
			text = append(text, "help: "+d.Help)
		}
		fmt.Fprintf(&b, "::%s %s::%s\n", level, strings.Join(properties, ","), data(strings.Join(text, "\n")))
	}
	if left > 0 {
		fmt.Fprintf(&b, "::notice::%s\n", data(more(left)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// data escapes the message of a command, property one of its parameters, as
// GitHub's own toolkit does.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
