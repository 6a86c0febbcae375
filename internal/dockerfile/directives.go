package dockerfile

import (
	"bytes"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// directives are what BuildKit takes for the directives `syntax` and `check` of
// a text, and whether there is one to check.
func directives(text []byte) (syntax, check string, checks bool) {
	if !bytes.HasPrefix(text, []byte("#")) || bytes.HasPrefix(text, []byte("#!")) {
		// Directives may look otherwise, and each has a search of its own.
		_, syntax, _, _ = parser.DetectSyntax(text)
		_, check, _, checks = parser.ParseDirective("check", text)
		return syntax, check, checks
	}
	// What begins with # has directives that begin so, and no others: one search
	// finds both, as far as a line is none.
	var p parser.DirectiveParser
	for line := range bytes.Lines(text) {
		d, err := p.ParseLine(bytes.TrimSuffix(line, []byte("\n")))
		if d == nil || err != nil {
			break
		}
		switch d.Name {
		case "syntax":
			syntax = d.Value
		case "check":
			check, checks = d.Value, true
		}
	}
	return syntax, check, checks
}
