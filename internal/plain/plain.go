// Package plain makes text harmless that others have written. What it returns
// can neither steer a terminal, nor look like another line or another order of
// letters than it is, nor mean anything to Markdown or HTML. All writers of text
// for people use it; data for programs does not need it.
package plain

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// zeroWidthJoiner is not seen, but part of many emoji.
const zeroWidthJoiner = '\u200d'

// Line is text on one line. It escapes, as in a Go string, what a terminal
// would obey and what a reader does not see: control characters, line ends and
// tabs included, marks that turn the direction of text around, characters
// without width, bytes that are no UTF-8.
func Line(s string) string { return escape(s, "") }

// Source is a line of a file: text on one line that may hold tabs.
func Source(s string) string { return escape(s, "\t") }

// Lines is text of which line ends and tabs are wanted.
func Lines(s string) string { return escape(s, "\n\t") }

// Words is text that may be broken anywhere: line ends, tabs and runs of blanks
// become one blank each.
func Words(s string) string { return Line(strings.Join(strings.Fields(s), " ")) }

// Fprintf is fmt.Fprintf with each argument that is text made a Line. Line ends
// stand in the format.
func Fprintf(w io.Writer, format string, args ...any) (int, error) {
	return fmt.Fprintf(w, format, cleaned(args)...)
}

// A Writer makes each piece that is written Lines: a piece ends between two
// characters.
type Writer struct{ To io.Writer }

// Write writes a piece.
func (w Writer) Write(piece []byte) (int, error) {
	if _, err := io.WriteString(w.To, Lines(string(piece))); err != nil {
		return 0, err
	}
	return len(piece), nil
}

// cleaned are arguments of a format, with each that is text made a Line.
func cleaned(args []any) []any {
	out := make([]any, len(args))
	for i, arg := range args {
		switch v := arg.(type) {
		case string:
			out[i] = Line(v)
		case error:
			out[i] = Line(v.Error())
		case fmt.Stringer:
			out[i] = Line(v.String())
		default:
			out[i] = v
		}
	}
	return out
}

// escape escapes what is not to be printed as it is, but for some characters.
func escape(s, kept string) string {
	if harmless(s) {
		return s
	}
	var b strings.Builder
	before := rune(0)
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		first := s[0]
		s = s[size:]
		next, _ := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, first)
		case visible(r), strings.ContainsRune(kept, r), r == zeroWidthJoiner && joins(before) && joins(next):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		before = r
	}
	return b.String()
}

// harmless reports whether all of a text is printable ASCII, as most text is.
func harmless(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// visible reports whether a character shows as itself. The selectors of text and
// emoji style do not, but belong to the character before them.
func visible(r rune) bool {
	switch r {
	case '\ufe0e', '\ufe0f':
		return true
	case '\u2800': // a sign of Braille without dots
		return false
	}
	return unicode.IsGraphic(r) && !unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// joins reports whether a zero-width joiner makes sense beside a character: it is
// kept within emoji and scripts that use it, not within ASCII or beside another.
func joins(r rune) bool {
	return r > unicode.MaxASCII && r != utf8.RuneError && visible(r)
}
