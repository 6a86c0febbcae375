package dockerfile

import (
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// noneSet is an environment without variables.
type noneSet struct{}

// Get implements shell.EnvGetter.
func (noneSet) Get(string) (string, bool) { return "", false }

// Keys implements shell.EnvGetter.
func (noneSet) Keys() []string { return nil }

// expander expands words as dockerfile2llb does, in an environment.
func expander(env shell.EnvGetter) instructions.SingleWordExpander {
	lex := shell.NewLex('\\')
	return func(word string) (string, error) {
		value, _, err := lex.ProcessWord(word, env)
		return value, err
	}
}

// expected is the value that a word of the user's has in an environment: its
// literal text, and what BuildKit makes of each expansion on its own.
func expected(want string, env shell.EnvGetter) (string, error) {
	if !strings.Contains(want, "$") {
		return want, nil
	}
	parts, err := ParseWord(want)
	if err != nil {
		return "", err
	}
	expand := expander(env)
	var b strings.Builder
	for _, p := range parts {
		value := p.Literal
		if p.Name != "" {
			if value, err = expand(p.Text); err != nil {
				return "", err
			}
		}
		b.WriteString(value)
	}
	return b.String(), nil
}

// sameWord compares a raw word of the Dockerfile with the value that it is to
// have, once with all variables set and once with none, which also evaluates
// the defaults; that is the same where nobody asks for a variable.
func sameWord(raw, want string) error {
	if raw == want && isBare(raw) {
		// Nothing in it is special.
		return nil
	}
	all := &allSet{}
	for _, env := range []shell.EnvGetter{all, noneSet{}} {
		value, err := expected(want, env)
		got, gotErr := expander(env)(raw)
		if (err == nil) != (gotErr == nil) {
			return fmt.Errorf("%s expands with error %v, want %v", raw, gotErr, err)
		}
		if got != value {
			return fmt.Errorf("%s is %q, want %q", raw, got, value)
		}
		if len(all.asked) == 0 {
			break
		}
	}
	return nil
}

// sameWords compares lists of words.
func sameWords(raw, want []string) error {
	if len(raw) != len(want) {
		return fmt.Errorf("%d words %q, want %q", len(raw), raw, want)
	}
	for n := range raw {
		if err := sameWord(raw[n], want[n]); err != nil {
			return err
		}
	}
	return nil
}
