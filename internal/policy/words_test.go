package policy

import (
	"fmt"
	"testing"

	"cuelang.org/go/cue/cuecontext"
)

// A condition is told by its words only as far as nothing else of it is lost.
func TestWords(t *testing.T) {
	for _, tt := range []struct {
		when, want string
		plain      bool
	}{
		{`{}`, "map[]", true},
		{`{name: "a"}`, "map[name:[a]]", true},
		{`{name: "a" | "b"}`, "map[name:[a b]]", true},
		{`{name: "a" | "b", user: "c"}`, "map[name:[a b] user:[c]]", true},
		{`{name: "a" | "b", user: string}`, "map[]", false},
		{`{name: "a", user: =~"x"}`, "map[name:[a]]", false},
		{`{name: "a" | 1}`, "map[]", false},
		{`{name: string}`, "map[]", false},
		{`{name: "a"} | {name: "b"}`, "map[]", false},
	} {
		words, plain := words(cuecontext.New().CompileString(tt.when))
		if got := fmt.Sprint(words); got != tt.want || plain != tt.plain {
			t.Errorf("%s: got %s %v, want %s %v", tt.when, got, plain, tt.want, tt.plain)
		}
	}
}
