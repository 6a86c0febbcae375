package load

import (
	"strings"
	"testing"
	"time"

	"cuelang.org/go/cue/parser"
)

// TestNesting: what is nested is counted, whatever it is nested in; what stands
// side by side is not.
func TestNesting(t *testing.T) {
	times := strings.Repeat
	for name, tt := range map[string]struct{ before, in, after string }{
		"structs":        {"a: ", "1", ""},
		"labels":         {"", "a: 1", ""},
		"lists":          {"a: ", "1", ""},
		"parentheses":    {"a: ", "1", ""},
		"interpolations": {"a: ", "1", ""},
		"calls":          {"a: ", "\"x\"", ""},
		"conditions":     {"a: ", "{}", ""},
		"long strings":   {"a: ", "1", ""},
	} {
		left, right := map[string]string{
			"structs": "{a: ", "labels": "a: ", "lists": "[", "parentheses": "(", "interpolations": `"x\(`, "calls": "len(", "conditions": "{if true ", "long strings": "\"\"\"\n\\(",
		}[name], map[string]string{
			"structs": "}", "lists": "]", "parentheses": ")", "interpolations": `)y"`, "calls": ")", "conditions": "}", "long strings": ")\n\"\"\"",
		}[name]
		n := maxDepth
		if name == "structs" {
			n /= 2 // a label and a bracket each
		}
		deep := func(n int) string {
			return "package p\n" + tt.before + times(left, n) + tt.in + times(right, n) + "\n"
		}
		if d := nesting("f.cue", []byte(deep(n-3))); d != nil {
			t.Errorf("%s: %d levels: %s", name, n-3, describe(*d))
		}
		if d := nesting("f.cue", []byte(deep(n+3))); d == nil || d.Span.Line < 2 || d.Span.Column < n {
			if name != "long strings" || d == nil {
				t.Errorf("%s: %d levels: %v", name, n+3, d)
			}
		}
		begun := time.Now()
		if d := nesting("f.cue", []byte(deep(100000))); d == nil || time.Since(begun) > time.Second {
			t.Errorf("%s: 100,000 levels: %v after %v", name, d, time.Since(begun))
		}
	}
	for name, text := range map[string]string{
		"calls in a row":   "a: len" + strings.Repeat("(1)", 600),
		"indexes in a row": "a: [0]" + strings.Repeat("[0]", 600),
	} {
		if d := nesting("f.cue", []byte(text)); d == nil {
			t.Errorf("%s: nothing is wrong with it", name)
		}
	}
	for name, text := range map[string]string{
		"calls":          "a: [" + times("len(1), f(1)[2], ", 5000) + "]",
		"fields":         times("a: 1\n", 5000),
		"lists":          "a: [" + times("[1], {a: b: 2}, ", 5000) + "]",
		"strings":        "a: \"" + times("{[(:", 5000) + "\"",
		"interpolations": "a: \"" + times(`\(1) {`, 5000) + "\"",
		"comments":       times("// {{{{\n", 5000),
		"brackets":       times("}", 5000),
		"open brackets":  times("\"\\(", 300),
		"slices":         "a: [" + times("b[1:2], ", 5000) + "]",
	} {
		if d := nesting("f.cue", []byte(text)); d != nil {
			t.Errorf("%s side by side: %s", name, describe(*d))
		}
	}
}

// FuzzNesting: a text that CUE parses is not taken for a deep one where it is not.
func FuzzNesting(f *testing.F) {
	for _, text := range []string{"a: {b: [1, 2]}", `a: "x\("y\(1)z")"`, "a: #\"\\#(b)\"#", "a: '''\n\\(x)\n'''", "}])", `"\(`} {
		f.Add(text, 40)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		if _, err := parser.ParseFile("f.cue", text); err != nil || strings.Contains(text, "@") {
			nesting("f.cue", []byte(text))
			return
		}
		// Side by side, they are as deep as one.
		many := []byte(strings.Repeat(text+"\n", maxDepth))
		if openings([]byte(text)) < maxDepth/10 && nesting("f.cue", many) != nil {
			t.Errorf("%q", text)
		}
	})
}
