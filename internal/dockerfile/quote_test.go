package dockerfile

import "testing"

func TestQuotedWord(t *testing.T) {
	for in, want := range map[string]string{
		"":                `""`,
		"plain-1.0":       "plain-1.0",
		"-O2":             "-O2",
		"https://x/#y":    "https://x/#y",
		"#x":              `"#x"`,
		"a b":             `"a b"`,
		"it's":            `"it's"`,
		`C:\x`:            `"C:\\x"`,
		`say "hi"`:        `"say \"hi\""`,
		`\$5`:             `"\$5"`,
		"5$":              `"5\$"`,
		"/opt:$PATH":      "/opt:$PATH",
		"$A b":            `"$A b"`,
		`$A\$B`:           `"$A\$B"`,
		"${A:-x}/y":       "${A:-x}/y",
		"${A:-x y}":       `"${A:-x y}"`,
		"$Aé":             `"${A}é"`,
		"<<EOF":           `"<<EOF"`,
		"naïve":           `"naïve"`,
		"a\tb":            "\"a\tb\"",
		"`id`":            "\"`id`\"",
		"*.[ch]":          "*.[ch]",
		`\`:               `"\\"`,
		`${A/\//_}`:       `${A/\//_}`,
		`${A/\//_} ${B-}`: `"${A/\//_} ${B-}"`,
	} {
		if got := quotedWord(in); got != want {
			t.Errorf("quotedWord(%q) = %s, want %s", in, got, want)
		}
		if err := sameWord(quotedWord(in), in); err != nil {
			t.Error(err)
		}
		if err := sameWord(element(in), in); err != nil {
			t.Error(err)
		}
	}
}

func TestSameWordTellsApart(t *testing.T) {
	for raw, want := range map[string]string{
		"$A":        `\$A`,
		`\$A`:       "$A",
		"${A:-x}":   "${A:-y}",
		"${A:+x}":   "$A",
		`"a"`:       `"a"`,
		"$A$B":      "$B$A",
		"${A:?x}":   "$A",
		"${A%x}":    `${A%x}\$`,
		"'$A'":      "$A",
		"unquoted ": "unquoted",
	} {
		if sameWord(raw, want) == nil {
			t.Errorf("raw %s passes for %q", raw, want)
		}
	}
}

func TestFlag(t *testing.T) {
	for in, want := range map[string]string{
		"a=b":     "--f=a=b",
		"a b":     `--f="a b"`,
		`"a,b"`:   `--f='"a,b"'`,
		`"a,b"'`:  `--f="\"a,b\"'"`,
		`"$A"`:    `--f="\"$A\""`,
		`back\sl`: `--f="back\\sl"`,
		"<<":      `--f="<<"`,
	} {
		if got := flag("f", in); got != want {
			t.Errorf("flag(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestJSONArray(t *testing.T) {
	got := jsonArray([]string{"a && <b>", "l1\nl2", "\x7f\u0085\x1b", `"\`})
	want := `["a && <b>", "l1\nl2", "\u007f\u0085\u001b", "\"\\"]`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
