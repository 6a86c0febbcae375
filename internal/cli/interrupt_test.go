package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"stagecue.dev/internal/tree"
)

// TestInterruptedWait stops a gen that waits for another one.
func TestInterruptedWait(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "cue.mod"), 0o777); err != nil {
		t.Fatal(err)
	}
	text := "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n"
	if err := os.WriteFile(filepath.Join(dir, "cue.mod", "module.cue"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	unlock, err := tree.Lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	var stderr bytes.Buffer
	a := &app{stderr: &stream{to: &stderr}, dir: dir, format: "text"}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupt signal received"))
	_, list, release := a.locked(ctx, nil)
	defer release()
	if err := a.fail(list, nil); err != (errReported{ExitTrouble}) || stderr.String() != "error[io]: stopped: interrupt signal received\n" {
		t.Errorf("%v\n%s", err, stderr.String())
	}
}

// TestRelease: who presses Ctrl-C again does not want to wait.
func TestRelease(t *testing.T) {
	released := make(chan struct{})
	a := &app{stderr: &stream{to: &bytes.Buffer{}}, dir: "../..", format: "text", release: func() { close(released) }}
	m, err := a.module()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r := a.compile(ctx, m, nil); r.Findings.Errors() != 1 {
		t.Errorf("%v", r.Findings)
	}
	<-released
}
