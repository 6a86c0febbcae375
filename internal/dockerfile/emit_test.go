package dockerfile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// golden compares with testdata/<name>; UPDATE=1 rewrites it, after what is
// written has been proved.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") == "1" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (UPDATE=1 rewrites it); got:\n%s", path, got)
	}
}

func TestEmitGolden(t *testing.T) {
	for name, f := range map[string]*File{"sample.txt": sampleFile(), "layout.txt": layoutFile(), "minimal.txt": minimalFile()} {
		t.Run(name, func(t *testing.T) {
			for _, p := range Validate(f) {
				t.Errorf("problem: %+v", p)
			}
			text, lines := Emit(f)
			if err := Verify(f, text); err != nil {
				t.Error(err)
			}
			golden(t, name, string(text))
			if n := bytes.Count(text, []byte("\n")); n != len(lines) {
				t.Errorf("%d origins for %d lines", len(lines), n)
			}
			if s := string(text); strings.Contains(s, "\n\n\n") || strings.HasSuffix(s, "\n\n") || strings.HasPrefix(s, "\n") || strings.Contains(s, "\r") {
				t.Error("blank lines are doubled, or stand at an end")
			}
		})
	}
}

func TestEmitIsStable(t *testing.T) {
	first, _ := Emit(sampleFile())
	for range 20 {
		if again, _ := Emit(sampleFile()); !bytes.Equal(first, again) {
			t.Fatal("the same file was written in two ways")
		}
	}
}

// TestLineMap pins what each line is said to come from.
func TestLineMap(t *testing.T) {
	for name, f := range map[string]*File{"layout_lines.txt": layoutFile(), "sample_lines.txt": sampleFile()} {
		text, lines := Emit(f)
		var b strings.Builder
		for n, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
			l := lines[n]
			field := strings.Trim(l.Origin.Path+"."+l.Field, ".")
			if l.Text > 0 {
				field += fmt.Sprintf(" line %d", l.Text)
			}
			if l.Arg != "" {
				field += " of " + l.Arg
			}
			if field == "" {
				t.Errorf("%s: line %d comes from nothing", name, n+1)
			}
			fmt.Fprintf(&b, "%-12s %-34s %-11s|%s\n", l.Origin.Stage, field, l.Keyword, line)
		}
		golden(t, name, b.String())
	}
}

func minimalFile() *File {
	return &File{Stages: []Stage{{Name: "a", From: "debian:12"}}, Default: "a"}
}

// layoutFile is about blank lines and comments.
func layoutFile() *File {
	at := func(stage string, n int, s Step) Step {
		s.Origin = Origin{Stage: stage, Path: fmt.Sprintf("steps[%d]", n)}
		return s
	}
	wide := Run{Shell: "a \\\n    b"}
	return &File{
		Header: []string{"Generated.", "", "one more line"},
		Args:   []Arg{{Name: "one", Description: "is described"}, {Name: "TWO", Default: ptr("")}},
		Stages: []Stage{
			{Name: "build", Description: "compiles", From: "debian:12", Origin: Origin{Stage: "build"}, Steps: []Step{
				at("build", 0, Step{Instruction: ArgUse{Name: "one"}}),
				at("build", 1, Step{Instruction: ArgUse{Name: "TWO"}}),
				at("build", 2, Step{Instruction: wide}),
				at("build", 3, Step{Instruction: User{Name: "root"}}),
				at("build", 4, Step{Instruction: Workdir{Path: "/w"}}),
				at("build", 5, Step{Instruction: ArgUse{Name: "X"}}),
				at("build", 6, Step{Instruction: Run{Shell: "--version"}}),
				at("build", 7, Step{Instruction: ArgUse{Name: "Y"}}),
				at("build", 8, Step{Instruction: Run{Script: "set +x\nls"}}),
				at("build", 9, Step{Description: "sets $Z\n  indented", Instruction: Env{Pairs: []Pair{{"Z", "1"}}}}),
				at("build", 10, Step{Instruction: Env{Pairs: []Pair{{"Y", "1"}}}}),
				at("build", 11, Step{Check: []string{"UndefinedVar"}, Instruction: Run{Exec: []string{"x"}}}),
				at("build", 12, Step{Description: "is described too", Instruction: ArgUse{Name: "V"}}),
				at("build", 13, Step{Instruction: Healthcheck{Command: &Command{Shell: "curl \\\n  localhost"}, Interval: "1s"}}),
				at("build", 14, Step{Instruction: Cmd{Command{Exec: []string{}}}}),
			}},
			{Name: "last", From: "build", Origin: Origin{Stage: "last"}, Steps: []Step{
				at("last", 0, Step{Description: "comes first", Instruction: Healthcheck{}}),
			}},
		},
		Default: "build",
	}
}

// TestDescriptionsAreClean holds doc comments against BuildKit's check of
// them, which is off by default.
func TestDescriptionsAreClean(t *testing.T) {
	named := []Stage{{Name: "build", Description: "is\n\n  folded", From: "x:1", Steps: []Step{
		{Description: "a step\n\nof lines", Instruction: User{Name: "u"}},
		{Instruction: ArgUse{Name: "A"}},
		{Description: "about it", Instruction: ArgUse{Name: "B"}},
	}}, {Name: "run", From: "build"}}
	plain := []Stage{{Name: "build", From: "x:1"}}
	for n, f := range []*File{
		{Header: []string{"Generated"}, Stages: named},
		{Header: []string{"Generated"}, Stages: plain},
		{Header: []string{"build is mistaken for a description"}, Stages: named},
		{Header: []string{"Generated"}, Args: []Arg{{Name: "A"}, {Name: "B", Description: "is"}}, Stages: plain},
		{Args: []Arg{{Name: "A"}}, Stages: plain, Default: "build"},
		layoutFile(),
	} {
		text, _ := Emit(f)
		if err := Verify(f, text); err != nil {
			t.Errorf("%d: %v", n, err)
		}
		result, err := parser.Parse(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		lint := linter.New(&linter.Config{ExperimentalAll: true, Warn: func(rule, _, _, msg string, _ []parser.Range) {
			t.Errorf("%d: %s: %s\n%s", n, rule, msg, text)
		}})
		if _, _, err := instructions.Parse(result.AST, lint); err != nil {
			t.Error(err)
		}
	}
}

func TestScriptBody(t *testing.T) {
	for in, want := range map[string]string{
		"ls":                    "set -e\nls\n",
		"ls\n\n\n":              "set -e\nls\n",
		"set -eux\nls":          "set -eux\nls\n",
		"# why\n\n  set +e\nls": "# why\n\n  set +e\nls\n",
		"# why\nls\nset -e":     "set -e\n# why\nls\nset -e\n",
		"settle":                "set -e\nsettle\n",
		"#!/bin/bash\nls":       "#!/bin/bash\nls\n",
		"\n#!/bin/bash\nls":     "set -e\n\n#!/bin/bash\nls\n",
	} {
		if got := scriptBody(in); got != want {
			t.Errorf("scriptBody(%q) = %q, want %q", in, got, want)
		}
	}
}
