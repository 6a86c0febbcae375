//go:build unix

package testscripts

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestStressKilled kills gen at random moments. Git takes nothing of what it was
// doing but generated files, the next run repairs, and nothing is left behind.
func TestStressKilled(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git command")
	}
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	command := func(name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	write("cue.mod/module.cue", "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n")
	write("stages/app/app.cue", stack(2, "debian:12"))
	command("git", "init", "-q")
	begun := time.Now()
	command("stagecue", "gen", "-q")
	whole := time.Since(begun)
	r := rand.New(rand.NewPCG(1, 3))
	cut := 0
	rounds := min(100, stressRounds(t, 10))
	for round := range rounds {
		// Another image for all 32 Dockerfiles, and sometimes other paths.
		text := stack(2, fmt.Sprintf("debian:%d", round))
		if round%3 == 1 {
			text = strings.Replace(text, `path: "`, `path: "moved/`, 1)
		}
		write("stages/app/app.cue", text)
		cmd := exec.Command("stagecue", "gen", "-q")
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Files are put into place in the last part of a run.
		time.Sleep(whole/3 + time.Duration(r.Int64N(int64(whole))))
		_ = cmd.Process.Kill()
		// The machine may be faster or slower by now.
		if cmd.Wait() != nil {
			cut++
			whole = whole * 9 / 8
		} else {
			whole = whole * 3 / 4
		}
		command("git", "add", "-A")
		for line := range strings.Lines(command("git", "diff", "--cached", "--name-only")) {
			if name := strings.TrimSpace(line); !strings.HasPrefix(name, "generated/") && name != "stages/app/app.cue" && name != "cue.mod/module.cue" {
				t.Errorf("round %d: git takes %s", round, name)
			}
		}
		command("stagecue", "gen", "-q")
		command("stagecue", "check", "-q")
		_ = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			if path == filepath.Join(dir, ".git") {
				return filepath.SkipDir
			}
			entries, err := os.ReadDir(path)
			if len(entries) == 0 || strings.HasPrefix(entry.Name(), ".stagecue") {
				t.Errorf("round %d: %s is left behind", round, path)
			}
			return err
		})
		if t.Failed() {
			break
		}
	}
	if t.Logf("%d of %d runs were killed", cut, rounds); cut < rounds/4 {
		t.Error("too few to show anything")
	}
}
