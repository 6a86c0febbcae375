//go:build unix

package testscripts

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stagecue.dev/internal/tree"
)

// TestInterrupt stops gen by signals while it compiles: it says so, exits with
// 3, and has changed nothing.
func TestInterrupt(t *testing.T) {
	for signal, want := range map[syscall.Signal]string{
		syscall.SIGINT:  "error[io]: stopped: interrupt signal received\n",
		syscall.SIGTERM: "error[io]: stopped: terminated signal received\n",
	} {
		t.Run(signal.String(), func(t *testing.T) {
			dir := hugeModule(t)
			before := state(t, dir)
			var stdout, stderr bytes.Buffer
			cmd := exec.Command("stagecue", "gen")
			cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			waitForLock(t, dir)
			time.Sleep(200 * time.Millisecond) // it has begun to compile, and is far from the end
			if err := cmd.Process.Signal(signal); err != nil {
				t.Error(err)
			}
			wantExit(t, cmd, 3)
			if stdout.Len() > 0 || stderr.String() != want {
				t.Errorf("stdout:\n%s\nstderr:\n%s", stdout.String(), stderr.String())
			}
			if after := state(t, dir); after != before {
				t.Errorf("before:\n%s\nafter:\n%s", before, after)
			}
		})
	}
}

// TestInterruptEvaluation: CUE cannot be interrupted while it evaluates, so a run
// that is in the middle of that is given up soon after the first signal.
func TestInterruptEvaluation(t *testing.T) {
	const endless = `package app

import (
	"list"
	"stagecue.dev/schema"
)

_n: [for a in list.Range(0, 500, 1) for b in list.Range(0, 500, 1) for c in list.Range(0, 500, 1) if a+b+c == 5 {a}]
stages: schema.#Stages & {runtime: {from: "debian:12", steps: [{run: "echo \(len(_n))"}]}}
dockerfile: schema.#Dockerfile & {path: "image", targets: runtime: {}}
`
	for _, verb := range []string{"gen", "vet", "matrix"} {
		for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
			t.Run(verb+" "+signal.String(), func(t *testing.T) {
				dir := t.TempDir()
				for name, text := range map[string]string{
					"cue.mod/module.cue": "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n",
					"stages/app/app.cue": endless,
				} {
					name = filepath.Join(dir, filepath.FromSlash(name))
					if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
						t.Fatal(err)
					}
				}
				var stderr bytes.Buffer
				cmd := exec.Command("stagecue", verb)
				cmd.Dir, cmd.Stderr = dir, &stderr
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Second) // it is in the middle of the evaluation
				begun := time.Now()
				if err := cmd.Process.Signal(signal); err != nil {
					t.Error(err)
				}
				wantExit(t, cmd, 3)
				if took := time.Since(begun); took > 5*time.Second { // a second, on a machine that does nothing else
					t.Errorf("it went on for %v", took)
				}
				if want := "error[io]: stopped: " + signal.String() + " signal received\n"; stderr.String() != want {
					t.Errorf("got %q, want %q", stderr.String(), want)
				}
				if _, err := os.Stat(filepath.Join(dir, "generated")); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("generated: %v", err)
				}
			})
		}
	}
}

// hugeModule is a module of 100,000 variants, of which one was generated when
// the stack was another.
func hugeModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(file, text string) {
		name := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("cue.mod/module.cue", "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n")
	write("stages/app/app.cue", stack(1, "debian:12-slim"))
	cmd := exec.Command("stagecue", "gen", "-q")
	cmd.Dir = dir
	wantExit(t, cmd, 0)
	write("stages/app/app.cue", stack(10, "debian:13-slim"))
	return dir
}

// stack is the text of a stack of five axes with so many values each.
func stack(values int, image string) string {
	var axes, path strings.Builder
	for _, axis := range []string{"a", "b", "c", "d", "e"} {
		fmt.Fprintf(&axes, "\t%s: {", axis)
		for v := range values {
			fmt.Fprintf(&axes, "v%d: {}, ", v)
		}
		axes.WriteString("}\n")
		fmt.Fprintf(&path, "\\(variant.%s.id)-", axis)
	}
	return fmt.Sprintf(`package app

import "stagecue.dev/schema"

axes: schema.#Axes & {
%s}

variant: schema.#Variant

stages: schema.#Stages & {
	runtime: {
		from: %q
		steps: [{run: "echo \(variant.a.id) \(variant.b.id) \(variant.c.id) \(variant.d.id) \(variant.e.id)"}]
	}
}

dockerfile: schema.#Dockerfile & {path: "%s", targets: runtime: {}}
`, axes.String(), image, path.String()+"x")
}

// waitForLock waits until a gen runs in a module.
func waitForLock(t *testing.T, dir string) {
	t.Helper()
	for range 1000 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		unlock, err := tree.Lock(ctx, dir)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		unlock()
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("gen does not lock the module")
}

// wantExit waits for a command, which it starts if nobody has.
func wantExit(t *testing.T, cmd *exec.Cmd, code int) {
	t.Helper()
	var err error
	if cmd.Process == nil {
		err = cmd.Start()
	}
	if err == nil {
		err = cmd.Wait()
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		t.Errorf("%v exits with %d, not %d", cmd.Args, got, code)
	}
}

// state is what there is in a directory: names, times and sizes.
func state(t *testing.T, dir string) string {
	t.Helper()
	var out strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && entry.Type().IsRegular() {
			fmt.Fprintf(&out, "%s %d %v\n", path, info.Size(), info.ModTime())
		} else if err == nil {
			fmt.Fprintf(&out, "%s\n", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
