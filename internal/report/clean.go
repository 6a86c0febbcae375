package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tabWidth is the number of columns that a tab is printed as.
const tabWidth = 4

// zeroWidthJoiner is no graphic character, but part of many emoji.
const zeroWidthJoiner = '\u200d'

// clean expands tabs and escapes, as in a Go string, whatever a terminal would
// obey and whatever nobody sees: control characters, marks that turn the
// direction of text around, bytes that are no UTF-8.
func clean(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case r == '\t':
			b.WriteString(strings.Repeat(" ", tabWidth))
		case unicode.IsGraphic(r), r == zeroWidthJoiner:
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		s = s[size:]
	}
	return b.String()
}

// cleanLines are the lines of a text, each of them clean.
func cleanLines(s string) []string {
	lines := strings.Split(strings.TrimRight(s, "\r\n"), "\n")
	for i, line := range lines {
		lines[i] = clean(strings.TrimSuffix(line, "\r"))
	}
	return lines
}
