package dockerfile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// A Part is a piece of a word in a position that Docker expands: literal text,
// or one expansion.
type Part struct {
	// Literal is text that stands for itself; empty for an expansion.
	Literal string
	// Name is the variable of an expansion; empty for literal text.
	Name string
	// Text is the expansion as written: "$X", "${X:-1}".
	Text string
	// Nested are the names inside the braces, in order: B in "${A:-$B}".
	Nested []string
}

// ParseWord splits a value into literal text and expansions by the rules of
// schema #Text: $NAME and ${NAME...} are expansions, \$ is a dollar sign, and
// every other character stands for itself.
//
// It fails on braces that BuildKit cannot read, and on quotes between braces,
// which BuildKit would take as quoting. The operators are those of
// https://docs.docker.com/reference/dockerfile/#environment-replacement.
func ParseWord(s string) ([]Part, error) {
	if s != "" && !strings.Contains(s, "$") {
		return []Part{{Literal: s}}, nil
	}
	var parts []Part
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			parts = append(parts, Part{Literal: literal.String()})
			literal.Reset()
		}
	}
	for i := 0; i < len(s); {
		switch {
		case strings.HasPrefix(s[i:], `\$`):
			literal.WriteByte('$')
			i += 2
		case strings.HasPrefix(s[i:], "${"):
			b := braces{text: s, pos: i}
			name, err := b.expansion()
			if err != nil {
				return nil, err
			}
			text := s[i:b.pos]
			if _, _, err := shell.NewLex('\\').ProcessWord(text, &allSet{}); err != nil {
				return nil, fmt.Errorf("BuildKit cannot read %s: %w", text, err)
			}
			flush()
			parts = append(parts, Part{Name: name, Text: text, Nested: b.nested})
			i = b.pos
		case s[i] == '$' && nameEnd(s, i+1) > i+1:
			end := nameEnd(s, i+1)
			flush()
			parts = append(parts, Part{Name: s[i+1 : end], Text: s[i:end]})
			i = end
		default:
			literal.WriteByte(s[i])
			i++
		}
	}
	flush()
	return parts, nil
}

// Names returns the variable names of a word, nested ones included, in order
// and each once.
func Names(parts []Part) []string {
	var names []string
	for _, p := range parts {
		if p.Name != "" {
			names = appendNew(names, p.Name)
			names = appendNew(names, p.Nested...)
		}
	}
	return names
}

// appendNew appends those names that are not yet in the list.
func appendNew(list []string, names ...string) []string {
	for _, n := range names {
		if !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// nameEnd returns the end of the variable name at start, or start if there is
// none.
func nameEnd(s string, start int) int {
	end := start
	for end < len(s) {
		c := s[end]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (end == start || c < '0' || c > '9') {
			break
		}
		end++
	}
	return end
}

// continuesName reports whether BuildKit would read the start of s as part of
// a name before it: names in BuildKit may hold any Unicode letter.
func continuesName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

// braces reads ${...} at pos and moves pos behind it.
type braces struct {
	text   string
	pos    int
	nested []string
}

// expansion reads "${", a name, an operator, its words and "}".
func (b *braces) expansion() (string, error) {
	start := b.pos
	b.pos += len("${")
	end := nameEnd(b.text, b.pos)
	name := b.text[b.pos:end]
	if name == "" {
		return "", fmt.Errorf("%s has no variable name behind \"${\"; a literal dollar sign is written \\$", excerpt(b.text[start:]))
	}
	b.pos = end
	rest := b.text[b.pos:]
	for _, op := range []string{":-", ":+", ":?", "-", "+", "?", "##", "#", "%%", "%", "//", "/"} {
		if !strings.HasPrefix(rest, op) {
			continue
		}
		b.pos += len(op)
		if op[0] == '/' {
			if err := b.word(start, '/'); err != nil {
				return "", err
			}
		}
		return name, b.word(start, '}')
	}
	switch {
	case rest == "":
		return "", fmt.Errorf("%s lacks its closing brace", excerpt(b.text[start:]))
	case rest[0] != '}':
		return "", fmt.Errorf("%s: Docker has no operator %q behind a variable name", excerpt(b.text[start:]), firstRune(rest))
	}
	b.pos++
	return name, nil
}

// word reads the operand of an operator, up to and including stop.
func (b *braces) word(start int, stop byte) error {
	for b.pos < len(b.text) {
		switch c := b.text[b.pos]; {
		case c == stop:
			b.pos++
			return nil
		case c == '\\':
			b.pos += 2
		case c == '\'' || c == '"':
			return fmt.Errorf("%s: quotes between the braces would be taken as quoting by Docker; leave them out", excerpt(b.text[start:]))
		case c == '}':
			return fmt.Errorf("%s lacks the second slash of ${NAME/pattern/replacement}", excerpt(b.text[start:]))
		case c != '$':
			b.pos++
		case strings.HasPrefix(b.text[b.pos:], "${"):
			at := len(b.nested)
			name, err := b.expansion()
			if err != nil {
				return err
			}
			if !slices.Contains(b.nested, name) {
				b.nested = slices.Insert(b.nested, at, name)
			}
		default:
			end := nameEnd(b.text, b.pos+1)
			if end == b.pos+1 || continuesName(b.text[end:]) {
				return fmt.Errorf("%s: a literal dollar sign between the braces is written \\$", excerpt(b.text[start:]))
			}
			b.nested = appendNew(b.nested, b.text[b.pos+1:end])
			b.pos = end
		}
	}
	return fmt.Errorf("%s lacks its closing brace", excerpt(b.text[start:]))
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// excerpt shortens text for a message.
func excerpt(s string) string {
	const limit = 40
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

// allSet is an environment in which every variable is set, to its own name
// between control characters that no value holds. It records what it was
// asked for.
type allSet struct{ asked []string }

// Get implements shell.EnvGetter.
func (e *allSet) Get(name string) (string, bool) {
	e.asked = appendNew(e.asked, name)
	return "\x01" + name + "\x02", true
}

// Keys implements shell.EnvGetter.
func (e *allSet) Keys() []string { return nil }
