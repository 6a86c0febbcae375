//go:build linux

package e2e

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/sirupsen/logrus"

	"stagecue.dev/e2e/base"
	"stagecue.dev/e2e/builder"
)

// A bench is what the tests share: compiled stacks, a builder, base images.
type bench struct {
	// module is a copy of testdata/module with what `stagecue gen` made of it.
	module  string
	builder *builder.Builder
	bases   base.Cache
}

func newBench(t *testing.T) *bench {
	t.Helper()
	if os.Geteuid() != 0 {
		skip(t, "only root may run containers")
	}
	if _, err := exec.LookPath("runc"); err != nil {
		skip(t, "runc is not installed")
	}
	// What the daemon says to its own log is no news to anybody here.
	logrus.SetOutput(io.Discard)
	b := &bench{module: compile(t)}
	var err error
	if b.bases, err = base.UserCache(); err != nil {
		t.Fatal(err)
	}
	if b.builder, err = builder.New(t.Context(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.builder.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// skip skips the test, or fails it where STAGECUE_E2E=require says that all is
// there: a machine on which nothing runs must not look like one on which all is
// well.
func skip(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("STAGECUE_E2E") == "require" {
		t.Fatalf("%s, but STAGECUE_E2E=require", reason)
	}
	t.Skip(reason)
}

// compile builds the command of this repository and compiles a copy of
// testdata/module.
func compile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	command, module := filepath.Join(dir, "stagecue"), filepath.Join(dir, "module")
	run(t, "..", "go", "build", "-buildvcs=false", "-o", command, "./cmd/stagecue")
	if err := os.CopyFS(module, os.DirFS(filepath.Join("testdata", "module"))); err != nil {
		t.Fatal(err)
	}
	run(t, module, command, "fmt", "--check")
	writeValues(t, module)
	run(t, module, command, "gen")
	run(t, module, command, "check")
	return module
}

// run runs a program in a directory.
func run(t *testing.T, dir, program string, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
}

// base is a base image; the test is skipped where it cannot be made.
func (b *bench) base(t *testing.T, image base.Image) builder.Layout {
	t.Helper()
	if err := image.Missing(); err != nil {
		skip(t, err.Error())
	}
	layout, err := b.bases.Get(t.Context(), image)
	if err != nil {
		t.Fatal(err)
	}
	return layout
}
