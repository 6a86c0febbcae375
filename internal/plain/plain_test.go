package plain

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		"plain text: 100% \\n \"quoted\"": "plain text: 100% \\n \"quoted\"",
		"Grüße, 世界, мир, العربية, हिन्दी": "Grüße, 世界, мир, العربية, हिन्दी",
		"👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3":  "👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3",
		"a\nb\r\tc":                       `a\nb\r\tc`,
		"\x1b[31m\x00\x7f\u009b":          `\x1b[31m\x00\x7f\u009b`,
		"a\u202eb\u2066c\u200ed\u061c":    `a\u202eb\u2066c\u200ed\u061c`,
		"a\u200bb\u2060\ufeff\u200dc":     `a\u200bb\u2060\ufeff\u200dc`,
		"\u2028\u2029":                    `\u2028\u2029`,
		"a\U000e0041\u3164\u2800\u034f":   `a\U000e0041\u3164\u2800\u034f`,
		"\xff\xc3":                        `\xff\xc3`,
		"a\ufffdb":                        "a\ufffdb",
	} {
		if got := Line(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	if got := Source("\ta\nb"); got != "\ta\\nb" {
		t.Errorf("%q", got)
	}
	if got := Lines("\ta\nb\r\n"); got != "\ta\nb\\r\n" {
		t.Errorf("%q", got)
	}
	if got := Words(" a\n\t b\x1b\u2028c "); got != `a b\x1b c` {
		t.Errorf("%q", got)
	}
}

func TestFprintf(t *testing.T) {
	var b strings.Builder
	if _, err := Fprintf(&b, "%s\t%v %d %q\n", "a\nb", errors.New("c\x1b"), 1, "d\u202e"); err != nil || b.String() != "a\\nb\tc\\x1b 1 \"d\\\\u202e\"\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
	b.Reset()
	if n, err := (Writer{&b}).Write([]byte("a\x1b\n")); n != 3 || err != nil || b.String() != "a\\x1b\n" {
		t.Errorf("%d, %v: %q", n, err, b.String())
	}
}

func TestMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"ordinary, text: (a-b) 12.9 + x = y!": "ordinary, text: (a-b) 12.9 + x = y!",
		"a_b *c* `d`":                         "a\\_b \\*c\\* \\`d\\`",
		"@user #1 #x GH-1":                    `@<!-- -->user \#<!-- -->1 \#x GH-<!-- -->1`,
		"https://x www.x mailto:x":            "https:<!-- -->//x www<!-- -->.x mailto<!-- -->:x",
		"a:1 :tada:":                          "a:1 :<!-- -->tada:",
		"&lt; & a":                            "&amp;lt; & a",
		"1. a":                                `1\. a`,
		"1.":                                  `1\.`,
		"- a":                                 `\- a`,
		"  a":                                 "&#32; a",
		"a | b\n":                             `a &#124; b\\n`,
	} {
		if got := Markdown(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"a*b": "`a*b`", "": "<code></code>", "a|*b*": `<code>a&#124;\*b\*</code>`, "``": "<code>\\`\\`</code>"} {
		if got := Code(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"https://example.com/a_b?c=d#e": "<https://example.com/a_b?c=d#e>",
		"https://x> <b>":                "https:<!-- -->//x> &lt;b>",
		"javascript:alert(1)":           "javascript:alert(1)",
	} {
		if got := Address(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	if got := Link("a]b", "x:y) z/Dockerfile"); got != `[a\]b](x%3Ay%29%20z/Dockerfile)` {
		t.Error(got)
	}
	if got := HTML(`<a href="x">&@b #1</a>`); got != "&lt;a href=&#34;x&#34;&gt;&amp;@<!-- -->b #<!-- -->1&lt;/a&gt;" {
		t.Error(got)
	}
	if got := Comment("a --> b\n"); got != `a --&gt; b\n` {
		t.Error(got)
	}
}

// FuzzLine: whatever a text holds, what is left shows as itself, and stays so.
func FuzzLine(f *testing.F) {
	f.Add("a\x1b\u202e\xff👩\u200d💻\u200d")
	f.Fuzz(func(t *testing.T, s string) {
		got := Line(s)
		if !utf8.ValidString(got) || Line(got) != got || strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsGraphic(r) && r != zeroWidthJoiner }) {
			t.Errorf("%q: %q", s, got)
		}
		if m := Markdown(s); strings.ContainsAny(m, "\n|") || strings.Contains(strings.ReplaceAll(m, apart, ""), "<!") {
			t.Errorf("%q: %q", s, m)
		}
	})
}
