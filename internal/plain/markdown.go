package plain

import (
	"fmt"
	"regexp"
	"strings"
)

// apart is an HTML comment that keeps two pieces of text apart, so that GitHub
// sees no mention, reference, address or emoji in them. It shows nothing.
const apart = "<!-- -->"

// marks are what has a meaning wherever it stands in Markdown. A bar is no
// \|, which reads differently inside and outside of a table. A dollar sign
// begins a formula on GitHub unless it is in an element of its own.
var marks = strings.NewReplacer(
	`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "~", `\~`,
	"<", "&lt;", "|", "&#124;", "$", "<span>$</span>",
	"@", "@"+apart, "://", ":"+apart+"//", "#", `\#`,
)

var (
	// entity is what would become another character.
	entity = regexp.MustCompile(`&([#0-9A-Za-z])`)
	// address is the beginning of one without a scheme, and the words that make
	// a number an issue or a name an emoji.
	address = regexp.MustCompile(`(?i)\bwww\.|\bGH-[0-9]|:[a-z0-9+\\_-]+:|\\#[0-9]|\b(?:mailto|xmpp):`)
	// block is what begins a list, a quotation or a rule at the start of a line.
	block = regexp.MustCompile(`^(?:[-+=>]|[0-9]+[.)](?: |$)| )`)
)

// Markdown is text on one line for Markdown as GitHub reads it: it shows the
// text, and no part of it is a link, an image, HTML, emphasis, code, a mention,
// a reference, a formula or an emoji, nor the beginning of a list, a table or
// another block.
func Markdown(s string) string {
	s = entity.ReplaceAllString(Line(s), "&amp;$1")
	s = marks.Replace(s)
	s = address.ReplaceAllStringFunc(s, func(found string) string {
		switch {
		case found[0] == ':':
			return ":" + apart + found[1:]
		case strings.HasSuffix(found, ":"):
			return found[:len(found)-1] + apart + ":"
		}
		last := len(found) - 1
		return found[:last] + apart + found[last:]
	})
	return block.ReplaceAllStringFunc(s, func(found string) string {
		switch {
		case found == " ":
			return "&#32;"
		case len(found) == 1:
			return `\` + found
		}
		dot := strings.IndexAny(found, ".)")
		return found[:dot] + `\` + found[dot:]
	})
}

// Code is a text shown as code.
func Code(s string) string {
	s = Line(s)
	if s == "" || strings.ContainsAny(s, "`|") || strings.TrimSpace(s) != s {
		return "<code>" + Markdown(s) + "</code>"
	}
	return "`" + s + "`"
}

// Link is a text that links to a file beside the page.
func Link(text, path string) string {
	var b strings.Builder
	for _, c := range []byte(path) {
		if c != '/' && !unreserved(c) {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return "[" + Markdown(text) + "](" + b.String() + ")"
}

// unreserved reports whether a character stands for itself in an address.
// https://www.rfc-editor.org/rfc/rfc3986#section-2.3
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~+", c) >= 0
}

// page is the address of a page on the web.
var page = regexp.MustCompile(`^https?://[A-Za-z0-9][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*$`)

// Address is the address of a page on the web, which is a link. What is no such
// address is text.
func Address(s string) string {
	if page.MatchString(s) {
		return "<" + s + ">"
	}
	return Markdown(s)
}

// HTML is text on one line for an element of HTML within Markdown. Markdown has
// no meaning there, but GitHub looks for mentions and references.
func HTML(s string) string {
	s = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(Line(s))
	return strings.NewReplacer("@", "@"+apart, "://", ":"+apart+"//", "#", "#"+apart, "&#", "&#").Replace(s)
}

// Comment is text on one line for a comment of HTML, which it cannot end.
func Comment(s string) string { return strings.ReplaceAll(Line(s), ">", "&gt;") }
