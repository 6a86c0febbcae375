package report

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"

	"stagecue.dev/internal/source"
)

// tabWidth is the number of columns that a tab in a source line is printed as.
const tabWidth = 4

// gutterWidth is what stands before a source line.
const gutterWidth = 8

// excerpt is a source line as it is printed, with the columns of the span.
type excerpt struct {
	line           string
	before, marked int
}

// excerpt reads the line that a span starts in.
func (t *text) excerpt(s source.Span) (excerpt, bool) {
	data, ok := t.o.Source(s.File)
	if !ok || s.Line == 0 {
		return excerpt{}, false
	}
	lines := bytes.SplitN(data, []byte("\n"), s.Line+1)
	if len(lines) < s.Line {
		return excerpt{}, false
	}
	line := strings.TrimRight(string(lines[s.Line-1]), "\r")
	from := clamp(s.Column-1, len(line))
	to := len(line)
	if s.EndLine == s.Line {
		to = clamp(s.EndColumn-1, len(line))
	} else if s.EndLine == 0 {
		to = from
	}
	before, marked, after := printable(line[:from]), printable(line[from:max(from, to)]), printable(line[max(from, to):])
	return cut(before, marked, after, t.o.Width-gutterWidth), true
}

// cut shortens a line to a width so that the span stays in view.
func cut(before, marked, after string, width int) excerpt {
	const dots = "…"
	if width > 20 && runewidth.StringWidth(before+marked+after) > width {
		if room := width / 2; runewidth.StringWidth(before) > room {
			before = dots + runewidth.TruncateLeft(before, runewidth.StringWidth(before)-room+1, "")
		}
		marked = runewidth.Truncate(marked, width-runewidth.StringWidth(before), dots)
		after = runewidth.Truncate(after, max(0, width-runewidth.StringWidth(before+marked)), dots)
	}
	return excerpt{
		line:   strings.TrimRight(before+marked+after, " "),
		before: runewidth.StringWidth(before),
		marked: max(1, runewidth.StringWidth(marked)),
	}
}

// printable expands tabs and takes out what would steer a terminal.
func printable(s string) string {
	return clean(strings.ReplaceAll(s, "\t", strings.Repeat(" ", tabWidth)))
}

// clean replaces control characters, which a terminal would obey.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func clamp(n, most int) int { return min(max(n, 0), most) }
