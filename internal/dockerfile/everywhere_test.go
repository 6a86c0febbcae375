package dockerfile

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// hostile are strings that would do harm in one place or another.
func hostile() map[string]string {
	return map[string]string{
		"an instruction":        "x\nUSER root",
		"a stage":               "x\nFROM scratch AS evil",
		"a line break":          "\n",
		"the end of a heredoc":  "x\nEOF\nUSER root\n",
		"the end of a file":     "x\nf0.txt\nUSER root\n",
		"a heredoc":             "<<EOF",
		"a quoted heredoc":      `x <<"EOF"`,
		"a flag":                "--mount=type=ssh",
		"a flag behind a blank": "x --chown=0:0",
		"an option of a mount":  "x,required,type=ssh",
		"a closing quote":       `x" USER="root`,
		"a closing apostrophe":  "x' y='z",
		"a backslash":           `\`,
		"a backslash at an end": `x \`,
		"a comment":             "# x",
		"a directive":           "escape=`",
		"a check":               "check=skip=all",
		"JSON":                  `["a"]`,
		"a variable":            "$A",
		"half a variable":       "${A",
		"a nested variable":     `${A:-${B:+"}}`,
		"nothing":               "",
		"a blank":               " ",
		"a tab":                 "\t",
		"NUL":                   "x\x00y",
		"CR":                    "x\ry",
		"CR LF":                 "x\r\ny",
		"half a character":      "x\xff",
		"a byte order mark":     "\ufeffx",
		"NEL":                   "x\u0085y",
		"a line separator":      "x\u2028y",
		"a wide blank":          "x\u3000y",
		"a letter":              "é",
		"a long line":           strings.Repeat("x", maxLine+1),
		"a long line of many":   "x\n" + strings.Repeat("x", maxLine+1) + "\ny",
		"many words":            strings.Repeat("x ", maxLine),
	}
}

// TestHostileEverywhere puts each of the hostile strings into each field of
// each instruction: behind each plausible value, and for one of them also in
// its place and before it.
func TestHostileEverywhere(t *testing.T) {
	tried := map[string]bool{}
	written := 0
	for kind := range instructionTypes {
		for n := range byte(9) {
			kinds, shape := []byte{byte(kind), byte(kind)}, bytes.Repeat([]byte{n}, 60)
			var places []place
			makeFile(kinds, shape, func(all []place) { places = all })
			for at, p := range places {
				if key := p.field + "=" + *p.value; !tried[key] {
					written += tryHostile(t, kinds, shape, at, !tried[p.field])
					tried[key], tried[p.field] = true, true
				}
			}
		}
	}
	for field := range plausibleValues {
		if !tried[field] {
			t.Errorf("%s was never tried", field)
		}
	}
	t.Logf("%d files with something hostile were written", written)
}

// tryHostile returns how many files were written with something hostile in one
// of their strings.
func tryHostile(t *testing.T, kinds, shape []byte, at int, first bool) (written int) {
	for name, s := range hostile() {
		formats := []string{"%[1]s%[2]s", "%[2]s", "%[2]s%[1]s"}
		if !first {
			formats = formats[:1]
		}
		if len(s) > 1000 && !first {
			continue
		}
		for _, format := range formats {
			field := ""
			f := makeFile(kinds, shape, func(places []place) {
				field = places[at].field
				*places[at].value = fmt.Sprintf(format, *places[at].value, s)
			})
			t.Run(field+"/"+name, func(t *testing.T) {
				if holds(t, new(Memo), f) {
					written++
				}
			})
		}
	}
	return written
}
