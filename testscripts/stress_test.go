package testscripts

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// stressRounds is how often a stress test runs the command: STAGECUE_STRESS times,
// or a few.
func stressRounds(t *testing.T, few int) int {
	t.Helper()
	if many := os.Getenv("STAGECUE_STRESS"); many != "" {
		if _, err := fmt.Sscan(many, &few); err != nil {
			t.Fatal(err)
		}
	}
	return few
}

// stressStack has 40 variants. Each Dockerfile says which state of three inputs it
// was made of: a package that is imported, a data file, and a file of the stack
// that comes and goes.
const stressStack = `@extern(embed)

package app

import (
	"cue.example/lib"
	"stagecue.dev/schema"
)

_data:  _ @embed(file=data.json)
_extra: *"absent" | string
axes: schema.#Axes & {
	a: {for n in [0, 1, 2, 3, 4, 5, 6, 7] {"a\(n)": {}}}
	b: {for n in [0, 1, 2, 3, 4] {"b\(n)": {}}}
}
variant: schema.#Variant
stages: schema.#Stages & {
	runtime: {
		from: "debian:12"
		steps: [
			{run: "variant \(variant.a.id) \(variant.b.id) of \(lib.state)"},
			{run: "state lib=\(lib.state) data=\(_data.state) extra=\(_extra)"},
		]
	}
}
dockerfile: schema.#Dockerfile & {path: "\(variant.a.id)/\(variant.b.id)", targets: runtime: {}}
`

// TestStress saves, creates and removes inputs while gen runs. Every tree that it
// writes is made of one state of the inputs that really was on disk.
func TestStress(t *testing.T) {
	dir := t.TempDir()
	save := func(name, text string, whole bool) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		to := name
		if whole { // as most editors do
			to = filepath.Join(dir, "saved")
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(to, []byte(text), 0o666)); err != nil {
			t.Error(err)
		}
		if whole {
			if err := os.Rename(to, name); err != nil {
				t.Error(err)
			}
		}
	}
	set := func(n int, whole bool) {
		save("lib/lib.cue", fmt.Sprintf("package lib\n\nstate: \"%d\"\n", n), whole)
		save("stages/app/data.json", fmt.Sprintf("{\"state\": \"%d\"}\n", n), whole)
	}
	save("cue.mod/module.cue", "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n", false)
	save("stages/app/app.cue", stressStack, false)
	set(0, true)
	var stop atomic.Bool
	done := make(chan int)
	go func() {
		r := rand.New(rand.NewPCG(1, 2))
		n := 0
		for ; !stop.Load(); n++ {
			set(n, n%3 > 0)
			if extra := filepath.Join(dir, "stages", "app", "extra.cue"); n%2 == 0 {
				_ = os.Remove(extra)
			} else {
				save("stages/app/extra.cue", "package app\n\n_extra: \"present\"\n", true)
			}
			time.Sleep(time.Duration(r.IntN(120)) * time.Millisecond)
		}
		done <- n - 1
	}()
	written, before := 0, ""
	rounds := stressRounds(t, 15)
	for round := range rounds {
		cmd := exec.Command("stagecue", "gen", "-q")
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		states := generatedStates(t, dir)
		if err == nil {
			written++
			oneState(t, round, states)
		} else if strings.Join(states, "\n") != before {
			// A file that was caught empty is an error, or one that never came to rest.
			t.Errorf("round %d: gen failed and changed the tree: %s", round, out)
		}
		before = strings.Join(states, "\n")
		if t.Failed() {
			break
		}
	}
	stop.Store(true)
	last := <-done
	if t.Logf("%d of %d runs wrote a tree", written, rounds); written < rounds/2 {
		t.Error("too few to show anything")
	}
	cmd := exec.Command("stagecue", "gen", "-q")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	extra := []string{"absent", "present"}[last%2]
	if got, want := generatedStates(t, dir), fmt.Sprintf("state lib=%d data=%d extra=%s", last, last, extra); len(got) != 1 || got[0] != want {
		t.Errorf("the last run has written %q, want %q", got, want)
	}
}

// oneState reports a tree that is made of several states, or of one that was
// never on disk: the package is saved before the data file.
func oneState(t *testing.T, round int, states []string) {
	t.Helper()
	var lib, data int
	if len(states) != 1 {
		t.Errorf("round %d: the tree is made of %q", round, states)
	} else if _, err := fmt.Sscanf(states[0], "state lib=%d data=%d", &lib, &data); err != nil || data != lib && data != lib-1 {
		t.Errorf("round %d: the tree is made of %q, which was never on disk", round, states[0])
	}
}

// generatedStates lists the different states that Dockerfiles were made of.
func generatedStates(t *testing.T, dir string) []string {
	t.Helper()
	var states []string
	seen := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(dir, "generated"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != "Dockerfile" {
			return err
		}
		text, err := os.ReadFile(path)
		state := regexp.MustCompile(`state lib=.*`).FindString(string(text))
		if of := regexp.MustCompile(` of (.*)`).FindStringSubmatch(string(text)); of == nil || !strings.HasPrefix(state, "state lib="+of[1]+" ") {
			state = "mixed: " + state
		}
		if !seen[state] {
			seen[state] = true
			states = append(states, state)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return states
}
