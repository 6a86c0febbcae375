//go:build linux

package e2e

import (
	"math/rand/v2"
	"strings"
)

// arbitraryName holds what may stand in a file's name and means something to
// somebody, wildcards aside.
const arbitraryName = `it's a "name" $HOME ${HOME} #1 ` + "`id` <<EOF & ü日"

// arbitraryValues are texts of one line: such as have been misread by somebody,
// and random ones, the same each time.
func arbitraryValues() []string {
	values := []string{
		"", " ", "  two  blanks  ", "\t", "#", "# comment", "a#b", "a #b", "-", "--flag", "--from=x",
		"'", "''", `"`, `""`, `'"'`, `"'"`, `\`, `\\`, `\\\`, `a\`, `a\ `, `\n`, `\"`, `\'`, `"\`,
		"$", "$$", "$HOME", "${HOME}", "${HOME:-x}", `\$HOME`, `\\$HOME`, "$(id)", "`id`", "$1", "${", "$'x'",
		"<<EOF", "<<-EOF", `<<"EOF"`, "EOF", "<", ">", "|", "&&", ";", "*", "?", "[a]", "{a,b}", "!", "~", "%s",
		"[", "]", `["a"]`, `{"a": "b"}`, "a=b", "=", "a:b", ",", "@", "onbuild", "FROM x", "syntax=x", "escape=`",
		"é", "日本", "😀", "\u00a0", "\u200b", "\u2028", "e\u0301",
	}
	alphabet := []rune("abcHOME $$${}\"\"''\\\\\\`#<>-=:,;|&()[]*?!~%@\té日😀\u00a0\u2028")
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var text strings.Builder
		for range random.IntN(24) {
			text.WriteRune(alphabet[random.IntN(len(alphabet))])
		}
		values = append(values, text.String())
	}
	return values
}

// arbitraryLines are texts of several lines.
func arbitraryLines() []string {
	return []string{
		"a\nb", "\n", "\n\n", "a\\\nb", "a\nEOF\nb", "EOF\n", "# a\n# b", "\ttab\n  blanks", "RUN x\nFROM y",
		"text.txt\n", "$HOME\n${HOME}\n\\$HOME", "'\n\"", "a \\\n", "\\",
	}
}
