package dockerfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// bareMarks are the characters, beside letters and digits, that never need
// quoting: neither BuildKit nor a reader could take them for anything else.
// "#" is among them since it starts a comment only at the start of a line.
const bareMarks = "_./:@%+,=~^*?[]!{}-#"

// isBare reports whether s consists of characters that need no quotes.
func isBare(s string) bool { return consistsOf(s, bareMarks) }

// consistsOf reports whether s consists of letters and digits of ASCII, and of
// marks.
func consistsOf(s, marks string) bool {
	for _, c := range []byte(s) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && strings.IndexByte(marks, c) < 0 {
			return false
		}
	}
	return true
}

// wordParts is ParseWord for values that are known to parse; others are taken
// literally.
func wordParts(s string) []Part {
	parts, err := ParseWord(s)
	if err != nil {
		return []Part{{Literal: s}}
	}
	return parts
}

// joinParts puts a word together again, with its literal text escaped.
func joinParts(parts []Part, escape func(string) string) string {
	var b strings.Builder
	for i, p := range parts {
		switch {
		case p.Name == "":
			b.WriteString(escape(p.Literal))
		case p.Text == "$"+p.Name && i+1 < len(parts) && continuesName(parts[i+1].Literal):
			// BuildKit's names go on with any Unicode letter, ours do not.
			b.WriteString("${" + p.Name + "}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// doubleQuoted writes a word between double quotes. The rule survived fuzzing:
// backslash, double quote and dollar sign are escaped by a backslash.
func doubleQuoted(parts []Part) string {
	return `"` + joinParts(parts, quoteEscapes.Replace) + `"`
}

var (
	quoteEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`)
	flagEscapes  = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
)

// asIs is the escaping of text that needs none.
func asIs(s string) string { return s }

// quotedWord writes a value as one blank-free word where possible, and between
// double quotes where it must be.
func quotedWord(s string) string {
	if s != "" && s[0] != '#' && isBare(s) {
		return s
	}
	parts := wordParts(s)
	bare := s != "" && s[0] != '#'
	for _, p := range parts {
		if p.Name == "" {
			bare = bare && isBare(p.Literal)
		} else {
			bare = bare && !strings.ContainsFunc(p.Text, unicode.IsSpace)
		}
	}
	if bare {
		return joinParts(parts, asIs)
	}
	return doubleQuoted(parts)
}

// argument is quotedWord for the place behind a keyword, where a word that
// starts with a dash would be taken as a flag.
func argument(s string) string {
	if strings.HasPrefix(s, "-") {
		return doubleQuoted(wordParts(s))
	}
	return quotedWord(s)
}

// element writes a value for a place that is already delimited (a JSON string,
// a flag, a field of --mount), but from which BuildKit still removes quotes.
func element(s string) string {
	if isBare(s) {
		return s
	}
	parts := wordParts(s)
	for _, p := range parts {
		// "<" since a source "<<x" would be a heredoc, in JSON too.
		if strings.ContainsAny(p.Literal, `\'"$<`) {
			return doubleQuoted(parts)
		}
	}
	if strings.TrimSpace(s) != s {
		return doubleQuoted(parts)
	}
	return joinParts(parts, asIs)
}

// flag writes --name=value. BuildKit removes one level of quotes and escapes
// from it (parser.extractBuilderFlags). "<" is quoted, since "<<" would swallow
// the blanks behind it when BuildKit looks for heredocs in the whole line.
func flag(name, value string) string {
	switch {
	case value != "" && !strings.ContainsAny(value, " \t\"'\\<"):
		return "--" + name + "=" + value
	case strings.Contains(value, `"`) && !strings.ContainsAny(value, `'\$`):
		return "--" + name + "='" + value + "'"
	default:
		return "--" + name + `="` + flagEscapes.Replace(value) + `"`
	}
}

// csvField writes one field of a --mount value.
func csvField(key, value string) string {
	field := key + "=" + value
	if strings.ContainsAny(field, `",`) {
		return `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
	}
	return field
}

// jsonStrings writes each of list as a JSON string on one line, without the
// escapes that only HTML needs.
func jsonStrings(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false)
		// A string always encodes.
		_ = enc.Encode(s)
		out[i] = escapeControls(strings.TrimSuffix(buf.String(), "\n"))
	}
	return out
}

// escapeControls escapes what encoding/json prints raw and nobody can see.
func escapeControls(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsControl(r) || r == '\uFEFF' {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// jsonArray writes the exec form.
func jsonArray(list []string) string {
	return "[" + strings.Join(jsonStrings(list), ", ") + "]"
}
