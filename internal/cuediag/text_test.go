package cuediag

import (
	"fmt"
	"strings"
	"testing"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/source"
)

const texts = `package p

import "strings"

plain: """
	one
	  two

	four \(word) and \("more")
	five
	"""
raw: #"""
	printf '%s\n' a
	b\#n\#(word)
	\#(list)
	end
	"""#
word: "w\tw"
list: strings.Join(["x", if true {"y \(word)"}, word, "z"], "\n")
escaped: "a\nb\\n\nc"
sum: "1\n" + word + "\n" + plain
one: sum
choice: [if word == "" {"none"}, "first\nsecond"][0]
both: _#text & #text
_#text: string & !=""
#text: "t\nu" | *"d\ne"
joined: strings.Join(["a", "b c", "d"], " \\\n    && ")
of: {for n in ["k\nl"] {"\(n)": n}}
chain: {a: {b: plain}, c: a.b}
number: 3
`

func TestTextLines(t *testing.T) {
	v, positions := read(t, map[string]string{"a.cue": texts})
	for _, tt := range []struct {
		path string
		want string // the whole, then each line
	}{
		{"plain", "5:8|6:2|7:4|8:1|9:2|10:2"},
		// Two lines of the text are one of the literal, and others are other texts.
		{"raw", "12:6|13:2|14:2|18:7 < 14:9|19:21 < 15:5|19:35 < 15:5|18:7 < 19:49 < 15:5|19:55 < 15:5|16:2"},
		{"escaped", "20:10|20:10|20:10|20:10"},
		{"sum", "21:6|21:6|18:7 < 21:14|6:2 < 21:28|7:4 < 21:28|8:1 < 21:28|9:2 < 21:28|10:2 < 21:28"},
		{"one", "21:6 < 22:6|21:6 < 22:6|18:7 < 21:14 < 22:6|6:2 < 21:28 < 22:6|7:4 < 21:28 < 22:6"},
		{"choice", "23:34|23:34|23:34"},
		{"both", "26:18 < 24:16|26:18 < 24:16|26:18 < 24:16"},
		{"joined", "27:9|27:23|27:28|27:35"},
		{"chain.c", "5:8 < 29:16 < 29:27|6:2 < 29:16 < 29:27"},
		{"number", ""},
		{"nothing", ""},
	} {
		text := positions.Text(v.LookupPath(cue.ParsePath(tt.path)))
		got := []string{starts(text.Whole())}
		for n := range strings.Count(tt.want, "|") {
			got = append(got, starts(text.Line(n+1)))
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%s is from\n%s, want\n%s", tt.path, s, tt.want)
		}
	}
}

func starts(spans []source.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, fmt.Sprintf("%d:%d", s.Line, s.Column))
	}
	return strings.Join(out, " < ")
}
