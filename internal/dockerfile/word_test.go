package dockerfile

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestParseWord(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []Part
	}{
		{"", nil},
		{"plain", []Part{{Literal: "plain"}}},
		{"$A", []Part{{Name: "A", Text: "$A"}}},
		{"a$B_1/c", []Part{{Literal: "a"}, {Name: "B_1", Text: "$B_1"}, {Literal: "/c"}}},
		{"$A$B", []Part{{Name: "A", Text: "$A"}, {Name: "B", Text: "$B"}}},
		{`\$A`, []Part{{Literal: "$A"}}},
		{`\\$A`, []Part{{Literal: `\$A`}}},
		{"5$ and $1 $é $", []Part{{Literal: "5$ and $1 $é $"}}},
		{`"quoted" 'x' \n`, []Part{{Literal: `"quoted" 'x' \n`}}},
		{"$Aé", []Part{{Name: "A", Text: "$A"}, {Literal: "é"}}},
		{"${A}b", []Part{{Name: "A", Text: "${A}"}, {Literal: "b"}}},
		{"${A:-x y}", []Part{{Name: "A", Text: "${A:-x y}"}}},
		{"${A:-$B-${C:+$D}}", []Part{{Name: "A", Text: "${A:-$B-${C:+$D}}", Nested: []string{"B", "C", "D"}}}},
		{`${A-\}}`, []Part{{Name: "A", Text: `${A-\}}`}}},
		{"${A?}${A:?no A}", []Part{{Name: "A", Text: "${A?}"}, {Name: "A", Text: "${A:?no A}"}}},
		{"${A##*/}", []Part{{Name: "A", Text: "${A##*/}"}}},
		{`${A%%\*}`, []Part{{Name: "A", Text: `${A%%\*}`}}},
		{"${A//x/$B}", []Part{{Name: "A", Text: "${A//x/$B}", Nested: []string{"B"}}}},
		{`${A/\//_}`, []Part{{Name: "A", Text: `${A/\//_}`}}},
	} {
		got, err := ParseWord(tt.in)
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("ParseWord(%q) = %+v, %v; want %+v", tt.in, got, err, tt.want)
		}
	}
}

func TestParseWordErrors(t *testing.T) {
	for in, want := range map[string]string{
		"${":          "no variable name",
		"${}":         "no variable name",
		"${1}":        "no variable name",
		"${A":         "closing brace",
		"${A:-b":      "closing brace",
		"${A:0:1}":    "no operator",
		"${A^^}":      "no operator",
		"${A:#x}":     "no operator",
		"${A:-it's}":  "quotes",
		`${A:-"x"}`:   "quotes",
		"${A/b}":      "second slash",
		"${A:-$1}":    "dollar sign",
		"${A:-$}":     "dollar sign",
		"${A:-$Bé}":   "dollar sign",
		`${A#\q}`:     "cannot read",
		"${A:-${B^}}": "no operator",
		"x ${é}":      "no variable name",
	} {
		if got, err := ParseWord(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseWord(%q) = %+v, %v; want an error with %q", in, got, err, want)
		}
	}
}

func TestNames(t *testing.T) {
	parts, err := ParseWord("$A ${B:-$C$A} \\$D $B")
	if got := Names(parts); err != nil || !slices.Equal(got, []string{"A", "B", "C"}) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestShellNames(t *testing.T) {
	got := ShellNames("echo $A \"${B:-$C}\" '$D' ${#E} ${!F} $1 $$ \\$G $(x) $A ${H[@]}")
	if want := strings.Split("ABCDEFGH", ""); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
