package dockerfile

import (
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// Expand is what BuildKit makes of a value in a position that it expands. It
// needs the value of every variable in it: where get knows one of them not, or
// the value does not parse, the value itself is returned, and false.
func Expand(value string, get func(name string) (string, bool)) (string, bool) {
	if !strings.Contains(value, "$") {
		return value, true
	}
	parts, err := ParseWord(value)
	if err != nil {
		return value, false
	}
	var env []string
	for _, name := range Names(parts) {
		v, ok := get(name)
		if !ok {
			return value, false
		}
		env = append(env, name+"="+v)
	}
	known := shell.EnvsFromSlice(env)
	var out strings.Builder
	for _, p := range parts {
		if p.Name == "" {
			out.WriteString(p.Literal)
			continue
		}
		text, _, err := shell.NewLex('\\').ProcessWord(p.Text, known)
		if err != nil {
			return value, false
		}
		out.WriteString(text)
	}
	return out.String(), true
}
