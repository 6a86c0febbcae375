package checks

import (
	"fmt"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

// What is wrong with tags and inputs, by the tags of one target, its promotions
// as from>to, and inputs as NAME or NAME=default.
func TestTags(t *testing.T) {
	for _, tt := range []struct{ tags, inputs, want string }{
		{"x:1 x:2>x:3", "", "targets.t.promote[0].from unknown-tag: the target \"t\" does not have the tag x:2, which it is promoted from (did you mean \"x:1\"?)"},
		{"x:1 x:1>x:stable", "", ""},
		{"x:1-${B}.${N}", "B N=0", ""},
		{"x:1-${B}", "", "targets.t.tags[0] unknown-input: the tag uses \"B\", which is no input (declare it: `inputs: B: description: \"...\"`)"},
		{"x:${ARG}", "", "targets.t.tags[0] unknown-input: the tag uses \"ARG\", which is no input (it is a build argument, which is not known where images are published; declare an input of another name)"},
		{"x:1 x:1>x:${BRANHC}", "BRANCH", "targets.t.promote[0].to unknown-input: the tag uses \"BRANHC\", which is no input (did you mean \"BRANCH\"?)"},
		{"x:1", "B", "inputs.B unused-input: no tag uses the input \"B\" (remove it, or write ${B} in a tag)"},
		{"x:1-$B", "B", "targets.t.tags[0] invalid-value: the tag holds a $, { or } that is not part of ${NAME} (write ${B})"},
		{"x:1-${B-x}", "B", "targets.t.tags[0] invalid-value: the tag holds a $, { or } that is not part of ${NAME} (write ${B})"},
		{"x:a$", "", "targets.t.tags[0] invalid-value: the tag holds a $, { or } that is not part of ${NAME} (a tag holds none but those of an input)"},
		{"x:${B}", "B=-1", "targets.t.tags[0] invalid-value: the tag of \"x:${B}\" is \"-1\" by default, and no tag starts with \"-\" (put something before it)"},
		{"x:${B}", "B=a/b", "inputs.B.default invalid-value: the default of the input B is \"a/b\", which a tag cannot hold (write \"a-b\")"},
		{"x:a${ARG}", "ARG", "inputs.ARG conflicting-values: \"ARG\" is an input and a build argument (name one of them otherwise: they are set in different places)"},
		{"x:" + strings.Repeat("a", 128), "", ""},
		{"x:" + strings.Repeat("a", 128) + "${B}", "B", "targets.t.tags[0] invalid-value: the tag of \"x:" + strings.Repeat("a", 128) + "${B}\" has 129 characters, and a registry takes 128 (shorten it)"},
	} {
		plan := dockerfile.Plan{Args: []dockerfile.Arg{{Name: "ARG"}}}
		target := dockerfile.Target{Stage: "t"}
		for _, word := range strings.Fields(tt.tags) {
			if from, to, ok := strings.Cut(word, ">"); ok {
				target.Promotions = append(target.Promotions, dockerfile.Promotion{From: from, To: to})
			} else {
				target.Tags = append(target.Tags, word)
			}
		}
		plan.Targets = []dockerfile.Target{target}
		for _, word := range strings.Fields(tt.inputs) {
			input := dockerfile.Input{Name: word}
			if name, value, ok := strings.Cut(word, "="); ok {
				input = dockerfile.Input{Name: name, Default: &value}
			}
			plan.Inputs = append(plan.Inputs, input)
		}
		var got []string
		for _, d := range Tags(plan, locate) {
			got = append(got, fmt.Sprintf("%s %s: %s (%s)", strings.TrimSpace(d.Span.File), d.Code, d.Message, d.Help))
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.tags, strings.Join(got, "\n"), tt.want)
		}
	}
}
