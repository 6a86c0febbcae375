package testscripts

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/load"
)

// TestAudit has the kernel tell what a run opens: each file of CUE and of data
// once, and none that is not an input. Build contexts and generated/ are not
// inputs of CUE. It takes strace; STAGECUE_AUDIT=require makes that an error.
func TestAudit(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		if os.Getenv("STAGECUE_AUDIT") == "require" {
			t.Fatal(err)
		}
		t.Skip("there is no strace")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"render", "model", "os=alpine3.22"}, {"blame", "generated/model/alpine3.22-cpu/Dockerfile:20"}, {"matrix"}, {"graph"}} {
		t.Run(args[0], func(t *testing.T) {
			log := filepath.Join(t.TempDir(), "log")
			cmd := exec.Command(strace, append([]string{"-f", "-qq", "-y", "-e", "trace=open,openat,connect", "-o", log, "stagecue"}, args...)...)
			cmd.Dir = root
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			data, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			audit(t, root, string(data), args)
		})
	}
}

// audit reads a log of strace. Each line of it ends in the path that was opened:
//
//	123 openat(AT_FDCWD</a>, "/a/b", O_RDONLY|O_CLOEXEC) = 3</a/b>
func audit(t *testing.T, root, log string, args []string) {
	t.Helper()
	m, problem := load.FindModule(root)
	if problem != nil {
		t.Fatal(problem.Message)
	}
	inputs := m.Inputs()
	if strings.Contains(log, "sa_family=AF_INET") {
		t.Error("the network was used")
	}
	opened := map[string]int{}
	for _, match := range regexp.MustCompile(`(?m)= [0-9]+<([^>]*)>$`).FindAllStringSubmatch(log, -1) {
		name := match[1]
		rel, err := filepath.Rel(root, name)
		info, statErr := os.Stat(name)
		if err != nil || !filepath.IsLocal(rel) || strings.HasPrefix(rel, "generated"+string(filepath.Separator)) || statErr != nil || info.IsDir() {
			continue
		}
		opened[name]++
	}
	locked := filepath.Join(root, "cue.mod", "module.cue") // opened once more to be locked, by gen alone
	for name, n := range opened {
		switch {
		case n > 1:
			t.Errorf("%s was opened %d times", name, n)
		case !slices.Contains(inputs, name) && name != locked:
			t.Errorf("%s was opened, and is no input", name)
		}
	}
	if len(args) == 1 && len(opened) != len(inputs) {
		t.Errorf("%d files were opened, and there are %d inputs", len(opened), len(inputs))
	}
	if len(opened) == 0 {
		t.Error("nothing was opened: the log was not understood")
	}
}
