package dockerfile

import (
	"strings"
	"testing"
)

// regressions are files that once broke out of their instructions, or were
// not read back as what they are. FuzzEmit found most of them.
func regressions() map[string]File {
	return map[string]File{
		"letters behind a variable": of(OnBuild{Instruction: Env{Pairs: []Pair{{"A", "$Aé ${B}世"}, {"B", `\$A\`}, {"C", ""}}}}),
		"dashes on two lines":       of(OnBuild{Instruction: Run{Shell: "-\\\n-version"}}),
		"file named by a variable":  of(Copy{Files: []InlineFile{{"EOF", "x\nEOF\n"}}, Dest: "/$D", ExpandFiles: true}),
		"heredoc in flags": of(Run{
			Script: "USER root\n", Devices: []string{"${x"}, Mounts: []Mount{{Type: "cache", From: "a", Target: "/x${x", ID: "a"}},
		}),
		"sources like JSON":     of(Copy{Sources: []string{"[1,", "2]"}, Dest: "/x/"}),
		"trigger with a script": of(OnBuild{Instruction: Run{Script: "cat <<EOF\nEOF\n\n"}}),
		"flag like a heredoc":   of(Copy{Files: []InlineFile{{"f.txt", "\t"}, {"g", "\t"}}, Dest: "/x/", Exclude: []string{"<<"}}),
		"quotes in a mount": of(OnBuild{Instruction: Run{
			Shell: "a", Mounts: []Mount{{Type: "bind", Source: `",'\`, Target: "/${B} $A"}},
		}}),
		"quotes in the type of a mount": of(Run{Shell: "a", Mounts: []Mount{{Type: "bind''", Target: "/t"}}}),
		"directive behind a wide blank": {
			Header: []string{"\u2028check=skip=all"}, Stages: []Stage{{Name: "a", From: "x:1"}},
		},
		"check on top of a section": {Stages: []Stage{{Name: "a", From: "x:1", Check: []string{"all"}}}},
		"long default": {
			Args: []Arg{{Name: "A", Default: ptr(strings.Repeat("x", maxLine))}}, Stages: []Stage{{Name: "a", From: "x:1"}},
		},
		"bytes that are no text": of(Run{Shell: "a", Network: strings.Repeat("\xa7", 50)}),
		"names that are directives": {
			Header: []string{"Generated", "= skip=all"},
			Args:   []Arg{{Name: "escape", Description: "= skip=all", Default: ptr("=`")}},
			Stages: []Stage{{Name: "check", Description: "= skip=all", From: "x:1"}},
		},
	}
}

func TestRegressions(t *testing.T) {
	for name, f := range regressions() {
		t.Run(name, func(t *testing.T) { holds(t, new(Memo), &f) })
	}
}
