package compile

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"stagecue.dev/internal/dockerfile"
)

// TestBlameOfRepository asks of every line of every Dockerfile of this
// repository where it comes from.
func TestBlameOfRepository(t *testing.T) {
	m := repository(t)
	w := &witness{t: t, module: m, files: map[string][]string{}}
	w.all()
	t.Logf("%d lines, %d stand in CUE as they are, %d share words with it", w.lines, w.verbatim, w.words)
	if w.verbatim < w.lines/10 || w.words < w.lines/2 {
		t.Errorf("of %d lines, only %d stand in CUE as they are, and %d share words with it", w.lines, w.verbatim, w.words)
	}
}

// TestBlameOfScripts does so for the modules of the test scripts that compile:
// all of the language is in them.
func TestBlameOfScripts(t *testing.T) {
	scripts, err := filepath.Glob("../../testscripts/gen_*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range archive.Files {
			if strings.HasPrefix(f.Name, "stages/") {
				files[f.Name] = string(f.Data)
			}
		}
		if len(files) == 0 {
			continue
		}
		m := module(t, "m", files)
		if run(t, m).Findings.Errors() == 0 {
			w := &witness{t: t, module: m, files: map[string][]string{}}
			w.all()
			lines += w.lines
		}
	}
	if lines < 500 {
		t.Errorf("only %d lines were looked at", lines)
	}
}

// A difference between a Dockerfile and what it was made of is shown where the
// line comes from.
func TestMisread(t *testing.T) {
	m := one(t, `
stages: schema.#Stages & {
	runtime: {
		from: "debian:12"
		steps: [{env: A: "1"}]
	}
}
dockerfile: schema.#Dockerfile & {path: "x", targets: runtime: {}}
`)
	stacks, _ := m.Load(nil)
	c := &compiler{module: m, stack: stacks[0], trace: true}
	variants, evaluator, list := c.sequential()
	if len(list) > 0 {
		t.Fatal(brief(list))
	}
	out := c.variant(evaluator, variants[0])
	for broken, want := range map[string]string{
		"# a\n# b\n# c\n\nFROM debian:12 AS runtime\nENV A=2\n": "stages/app/app.cue:9:20",
		"# a\n# b\n# c\n\nFROM debian:13 AS runtime\nENV A=1\n": "stages/app/app.cue:8:9",
		"FROM debian:12 AS runtime\nENV A=1\nFROM x AS y\n":     "stages/app/app.cue:12:41",
	} {
		err := dockerfile.Verify(&dockerfile.File{Stages: []dockerfile.Stage{{
			Name: "runtime", From: "debian:12",
			Steps: []dockerfile.Step{{Instruction: dockerfile.Env{Pairs: []dockerfile.Pair{{Name: "A", Value: "1"}}}}},
		}}}, []byte(broken))
		if got := misread(out.filled, out.lines, err).String(); got != want {
			t.Errorf("%v is at %s, want %s", err, got, want)
		}
	}
}

// In the folder of a stack may be those of others, and its own Dockerfiles
// beside them.
func TestOwners(t *testing.T) {
	stacks := []string{"a", "a/b", "a/b/c", "ab"}
	for path, want := range map[string][]string{
		"a/x/Dockerfile":     {"a"},
		"a/b/x/Dockerfile":   {"a/b", "a"},
		"a/b/c/d/Dockerfile": {"a/b/c", "a/b", "a"},
		"ab/x/Dockerfile":    {"ab"},
		"a/b":                {"a/b", "a"},
		"b/x":                nil,
	} {
		if got := owners(stacks, path); !slices.Equal(got, want) {
			t.Errorf("%s may be of %v, want %v", path, got, want)
		}
	}
}
