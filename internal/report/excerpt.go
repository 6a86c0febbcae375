package report

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"stagecue.dev/internal/source"
)

// leastWidth is the width below which a source line is not cut: what is left
// would tell nothing.
const leastWidth = 20

// dots stand for what is cut off.
const dots = "…"

// cells measures text in columns of a terminal, on every machine alike: the
// library's own default asks the locale whether "…" is one column or two.
func cells() *runewidth.Condition { return &runewidth.Condition{StrictEmojiNeutral: true} }

// mostWidth is the width that a source line is cut to where no terminal has one:
// data files may consist of a single line.
const mostWidth = 400

// excerpt is a source line as it is printed, with the columns of the span.
type excerpt struct {
	line           string
	before, marked int
}

// excerpt reads the line that a span starts in; false if there is none. The
// line is cut to width; 0 stands for mostWidth.
func (o Options) excerpt(s source.Span, width int) (excerpt, bool) {
	if width <= 0 {
		width = mostWidth
	}
	if o.Source == nil || s.Line < 1 {
		return excerpt{}, false
	}
	data, ok := o.Source(s.File)
	if !ok {
		return excerpt{}, false
	}
	line, ok := nth(data, s.Line)
	if !ok {
		return excerpt{}, false
	}
	from := boundary(line, s.Column-1)
	to := from
	switch {
	case s.EndLine == s.Line:
		to = max(from, boundary(line, s.EndColumn-1))
	case s.EndLine > s.Line:
		to = len(line)
	}
	return cut(clean(line[:from]), clean(line[from:to]), clean(line[to:]), width), true
}

// nth is a line of a text, counted from 1, without its end.
func nth(data []byte, n int) (string, bool) {
	number := 1
	for line := range bytes.Lines(data) {
		if number == n {
			return strings.TrimRight(string(line), "\r\n"), true
		}
		number++
	}
	// Behind the last line end there is an empty line: files end there.
	return "", number == n
}

// boundary is an offset within a line, moved to the start of its character.
func boundary(line string, offset int) int {
	offset = min(max(offset, 0), len(line))
	for offset > 0 && offset < len(line) && !utf8.RuneStart(line[offset]) {
		offset--
	}
	return offset
}

// cut shortens a line to a width so that the start of the span stays in view.
func cut(before, marked, after string, width int) excerpt {
	if width >= leastWidth && cells().StringWidth(before+marked+after) > width {
		// What is cut off needs a column for its dots.
		least := min(1, len(after))
		// Half of the columns are for what stands before the span, and those that
		// the rest does not need.
		rest := max(1, cells().StringWidth(marked)) + max(least, cells().StringWidth(after))
		if room := max(width/2, width-rest); cells().StringWidth(before) > room {
			before = dots + cells().TruncateLeft(before, cells().StringWidth(before)-room+1, "")
		}
		room := width - cells().StringWidth(before) - least
		marked = cells().Truncate(marked, room, dots)
		after = cells().Truncate(after, width-cells().StringWidth(before+marked), dots)
	}
	return excerpt{
		line:   strings.TrimRight(before+marked+after, " "),
		before: cells().StringWidth(before),
		marked: max(1, cells().StringWidth(marked)),
	}
}
