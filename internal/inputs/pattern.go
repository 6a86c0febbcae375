package inputs

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// syntax says which characters of a source are wildcards.
type syntax int

const (
	// match: those of Go's filepath.Match, as in COPY and ADD.
	match syntax = iota
	// parents: those of ignore files, as in COPY --parents.
	parents
	// literal: none, as in the source of a mount.
	literal
)

// anything stands for a variable that may be any text, in a path.
const anything = '\x00'

// atom is a piece of a pattern: a character that stands for itself, or a
// wildcard.
type atom struct {
	char rune
	// wildcard is "?", "*" or "**", and "**/*" for text with any slashes in it.
	wildcard string
}

// pattern is a source in the syntax of ignore files, in which no more characters
// have a meaning than "*", "**" and "?". What would have one is "?": Windows
// knows no escapes. It may match more than the source, and never less.
func pattern(word string, syntax syntax) string {
	word, ok := undotted(word)
	if !ok {
		return Everything
	}
	word = strings.TrimPrefix(path.Clean("/"+word), "/")
	// A variable may be nothing, or ".": then the source is what stands before it.
	for before, last := path.Split(word); isAnything(last); before, last = path.Split(word) {
		word = strings.TrimSuffix(before, "/")
	}
	if syntax != literal && acrossElements(word) {
		return Everything
	}
	var elements []string
	for element := range strings.SplitSeq(word, "/") {
		text := render(atoms([]rune(element), syntax))
		if text == "**" && len(elements) > 0 && elements[len(elements)-1] == "**" {
			continue
		}
		elements = append(elements, text)
	}
	out := strings.Join(elements, "/")
	if out == "" {
		return Everything
	}
	return trimmed(out)
}

// undotted is a word without the dots between variables that would be an element
// "." if the variables end in a slash or begin with one, as in "a/.$NAME": that
// is nothing. It is false for a word that may lead upwards.
func undotted(word string) (string, bool) {
	if !strings.ContainsRune(word, anything) {
		return word, true
	}
	elements := strings.Split(word, "/")
	for i, element := range elements {
		pieces := strings.Split(element, string(anything))
		if slices.Contains(pieces, "..") {
			return "", false
		}
		for k, piece := range pieces {
			if piece == "." {
				pieces[k] = ""
			}
		}
		elements[i] = strings.Join(pieces, string(anything))
	}
	return strings.Join(elements, "/"), true
}

// isAnything tells an element of nothing but variables.
func isAnything(element string) bool {
	return element != "" && strings.Trim(element, string(anything)) == ""
}

// atoms takes an element of a path apart.
func atoms(element []rune, syntax syntax) []atom {
	if isAnything(string(element)) {
		return []atom{{wildcard: "**"}}
	}
	var out []atom
	add := func(a atom) {
		if n := len(out) - 1; n >= 0 && strings.HasPrefix(a.wildcard, "*") && strings.HasPrefix(out[n].wildcard, "*") {
			if a.wildcard != "*" || out[n].wildcard != "*" {
				out[n].wildcard = "**/*" // at least what they match together
			}
			return
		}
		out = append(out, a)
	}
	for i := 0; i < len(element); i++ {
		c := element[i]
		switch {
		case c == anything:
			add(atom{wildcard: "**/*"})
		case syntax == literal:
			add(atom{char: c})
		case c == '*' && syntax == parents && i+1 < len(element) && element[i+1] == '*':
			add(atom{wildcard: "**"})
			i++
		case c == '*':
			add(atom{wildcard: "*"})
		case c == '?':
			add(atom{wildcard: "?"})
		case c == '[':
			add(atom{wildcard: "?"})
			i += class(element[i:]) - 1
		case c == '\\' && i+1 < len(element):
			i++
			add(atom{char: element[i]})
		default:
			add(atom{char: c})
		}
	}
	return out
}

// acrossElements tells a class or an escape that goes on behind a slash.
func acrossElements(word string) bool {
	for element := range strings.SplitSeq(word, "/") {
		text := []rune(element)
		for i := 0; i < len(text); i++ {
			switch {
			case text[i] == '[' && class(text[i:]) == 0:
				return true
			case text[i] == '[':
				i += class(text[i:]) - 1
			case text[i] == '\\':
				if i++; i == len(text) {
					return true
				}
			}
		}
	}
	return false
}

// class is the length of a character class, 0 if there is none.
func class(text []rune) int {
	i := 1
	if i < len(text) && text[i] == '^' {
		i++
	}
	for start := i; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == ']' && i > start:
			return i + 1
		}
	}
	return 0
}

// render writes an element.
func render(atoms []atom) string {
	var out strings.Builder
	for _, a := range atoms {
		switch {
		case a.wildcard != "":
			out.WriteString(a.wildcard)
		case strings.ContainsRune(`*?[]^\`, a.char) || unicode.IsControl(a.char):
			out.WriteByte('?')
		default:
			out.WriteRune(a.char)
		}
	}
	return out.String()
}

// trimmed is a pattern of which nothing is lost when blanks around it are.
func trimmed(text string) string {
	first, last := strings.TrimLeftFunc(text, unicode.IsSpace), strings.TrimRightFunc(text, unicode.IsSpace)
	if first == text && last == text {
		return text
	}
	runes := []rune(text)
	for i := 0; i < len(runes) && unicode.IsSpace(runes[i]); i++ {
		runes[i] = '?'
	}
	for i := len(runes) - 1; i >= 0 && unicode.IsSpace(runes[i]); i-- {
		runes[i] = '?'
	}
	return string(runes)
}
