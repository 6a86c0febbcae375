package testscripts

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// forgedBytes are what must not be in any text, whatever package plain thinks.
const forgedBytes = "\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u034f\u3164"

// isForged reports whether a character of text steers a terminal, or is not seen.
func isForged(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0xe0000 || strings.ContainsRune(forgedBytes, r)
}

// color is the colour that package report writes. None of the texts holds it.
var color = regexp.MustCompile("\x1b\\[[0-9;]*m")

// wantText wants text that is only what it seems to be.
func wantText(t *testing.T, what, text string) {
	t.Helper()
	text = color.ReplaceAllString(text, "")
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8: %q", what, text)
	}
	if i := strings.IndexFunc(text, isForged); i >= 0 {
		t.Errorf("%s holds %q", what, text[max(0, i-40):min(len(text), i+40)])
	}
	for line := range strings.Lines(text) {
		// GitHub takes no notice of blanks before a command.
		if strings.HasPrefix(line, "FORGED") || strings.HasPrefix(line, "# FORGED") || strings.HasPrefix(strings.TrimSpace(line), "::error::FORGED") {
			t.Errorf("%s has a line that was part of another: %q", what, line)
		}
	}
}

// wantJSON wants a document of which a terminal obeys nothing.
func wantJSON(t *testing.T, what, out string) {
	t.Helper()
	if !json.Valid([]byte(out)) {
		t.Errorf("%s is no JSON: %q", what, out)
	}
	if strings.ContainsAny(out, "\x1b\x07\r") {
		t.Errorf("%s holds control characters: %q", what, out)
	}
}

// wantHeld wants a document that holds a text as it was.
func wantHeld(t *testing.T, what, out, text string) {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(out), &doc); err != nil || !holds(doc, text) {
		t.Errorf("%s does not hold %q (%v):\n%s", what, text, err, out)
	}
}

// holds reports whether a string of a document holds a text.
func holds(doc any, text string) bool {
	switch v := doc.(type) {
	case string:
		return strings.Contains(v, text)
	case []any:
		for _, x := range v {
			if holds(x, text) {
				return true
			}
		}
	case map[string]any:
		for _, x := range v {
			if holds(x, text) {
				return true
			}
		}
	}
	return false
}

// judge wants what an output must be, by the arguments that it is of.
func judge(t *testing.T, what, out, talk string) {
	t.Helper()
	wantText(t, what+" (talk)", talk)
	switch {
	case strings.Contains(what, "json"), strings.Contains(what, "github-matrix"):
		wantJSON(t, what, out)
	case strings.Contains(what, "svg"):
		wantXML(t, what, out)
		fallthrough
	default:
		wantText(t, what, out)
	}
}

// wantXML wants a document that can be read.
func wantXML(t *testing.T, what, out string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(out))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: %v", what, err)
			return
		}
	}
}
