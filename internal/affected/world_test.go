package affected_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"stagecue.dev/internal/cli"
)

// world is a module with its history.
type world struct {
	t      *testing.T
	random *rand.Rand
	dir    string
	spec   spec
	// made is whether there are files that git ignores: they are always listed,
	// since nobody knows what they were.
	made bool
	// said is what the last changes were.
	said []string
	// commits are the hashes of the images at each commit.
	commits []map[string]string
}

func newWorld(t *testing.T, random *rand.Rand) *world {
	w := &world{t: t, random: random, dir: t.TempDir(), spec: newSpec()}
	w.sh("git init -q -b main && git config user.name n && git config user.email e@example.com")
	w.write("cue.mod/module.cue", "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n")
	for _, context := range []string{"", "ctx/"} {
		for _, name := range []string{"file", "other", "dir/a.txt", "dir/b.md", "dir/sub/c.md", "dir/sub/d", "lone/x"} {
			w.write(context+name, name)
		}
	}
	w.spec.write(w)
	return w
}

func (w *world) sh(command string) {
	w.t.Helper()
	cmd := exec.Command("sh", "-ec", command)
	cmd.Dir = w.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("%s: %v\n%s", command, err, out)
	}
}

func (w *world) write(name, text string) {
	w.t.Helper()
	file := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) stagecue(args ...string) []byte {
	w.t.Helper()
	var out, complaint bytes.Buffer
	if code := cli.Main(append([]string{"-C", w.dir}, args...), &out, &complaint, os.Getenv); code != 0 {
		w.t.Fatalf("%v after %v: exit %d\n%s%s", args, w.said, code, out.String(), complaint.String())
	}
	return out.Bytes()
}

func (w *world) commit() {
	w.t.Helper()
	w.stagecue("gen", "-q")
	w.sh("git ls-files -z | git update-index -z --no-assume-unchanged --stdin")
	w.sh(fmt.Sprintf("git add -A && git commit -q --allow-empty -m x && git tag c%d", len(w.commits)))
	w.commits = append(w.commits, w.hashes())
}

// compare asks what is affected since a commit.
func (w *world) compare(base int, now map[string]string, where string, exact bool) (listed, needed int) {
	w.t.Helper()
	var out struct {
		Images []struct{ Path, Target string }
	}
	if err := json.Unmarshal(w.stagecue("affected", "--format", "json", "--base", fmt.Sprintf("c%d", base)), &out); err != nil {
		w.t.Fatal(err)
	}
	got := map[string]bool{}
	for _, image := range out.Images {
		got[image.Path+" "+image.Target] = true
	}
	for name, hash := range now {
		differs := w.commits[base][name] != hash
		if differs {
			needed++
		}
		if differs && !got[name] {
			w.t.Errorf("%s, since c%d of %d: %s is missed, after %v", where, base, len(w.commits), name, w.said)
		}
		if exact && !differs && got[name] {
			w.t.Errorf("%s: %s is listed for nothing, after %v", where, name, w.said)
		}
	}
	for name := range got {
		if now[name] == "" {
			w.t.Errorf("%s: there is no image %s", where, name)
		}
	}
	return len(got), needed
}
