package cuediag

import (
	"strings"
)

// lineStart is where a line of a literal's text starts in the file.
type lineStart struct{ line, column int }

// escape is what escapes in a literal start with.
func escape(raw string) string {
	return `\` + raw[:len(raw)-len(strings.TrimLeft(raw, "#"))]
}

// literalLines lists where in the file the lines of a literal's text start. raw
// is the literal, or the part of one between two expressions in it, and starts
// at the given place.
func literalLines(raw, escape string, at lineStart) []lineStart {
	text := strings.Trim(raw, "#")
	for _, quotes := range []string{`"""`, `'''`} {
		if rest, ok := strings.CutPrefix(text, quotes); ok {
			// The text starts on the line after the opening quotes.
			_, text, _ = strings.Cut(rest, "\n")
			at = lineStart{at.line + 1, indentation(text) + 1}
		}
		if rest, ok := strings.CutSuffix(text, quotes); ok {
			// It ends on the line before the closing ones.
			text = rest[:max(0, strings.LastIndexByte(rest, '\n'))]
		}
	}
	lines := []lineStart{at}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\n':
			at = lineStart{at.line + 1, indentation(text[i+1:]) + 1}
			lines = append(lines, at)
		case strings.HasPrefix(text[i:], escape):
			i += len(escape)
			if i < len(text) && text[i] == 'n' {
				lines = append(lines, at)
			}
		}
	}
	return lines
}

// indentation is the number of blanks that a text starts with.
func indentation(text string) int { return len(text) - len(strings.TrimLeft(text, " \t")) }
