package tree

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

func TestLock(t *testing.T) {
	root := module(t, map[string]string{"cue.mod/module.cue": "module: \"x.example\"\n"})
	before := state(t, root)
	var inside, most atomic.Int32
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			unlock, err := Lock(t.Context(), filepath.Dir(root))
			if err != nil {
				t.Error(err)
				return
			}
			if n := inside.Add(1); n > most.Load() {
				most.Store(n)
			}
			// The file can be read while it is locked, as a run does.
			if _, err := os.ReadFile(filepath.Join(filepath.Dir(root), moduleFile)); err != nil {
				t.Error(err)
			}
			time.Sleep(5 * time.Millisecond)
			inside.Add(-1)
			unlock()
		})
	}
	group.Wait()
	if most.Load() != 1 {
		t.Errorf("%d runs at once", most.Load())
	}
	same(t, root, before)
}

func TestLockCancelled(t *testing.T) {
	dir := filepath.Dir(module(t, map[string]string{"cue.mod/module.cue": ""}))
	unlock, err := Lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := Lock(ctx, dir); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	unlock()
	again, err := Lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	again()
}

// A run that waited for a file which is not the module's any more takes the new
// one, which others would lock.
func TestLockReplacedFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("another file is locked there")
	}
	dir := filepath.Dir(module(t, map[string]string{"cue.mod/module.cue": "", "new": ""}))
	unlock, err := Lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan func())
	go func() {
		unlock, err := Lock(t.Context(), dir)
		if err != nil {
			t.Error(err)
		}
		second <- unlock
	}()
	// Long enough for the second run to have opened the old file.
	time.Sleep(2 * lockRetry)
	if err := os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, moduleFile)); err != nil {
		t.Fatal(err)
	}
	unlock()
	unlock = <-second
	ctx, cancel := context.WithTimeout(t.Context(), 2*lockRetry)
	defer cancel()
	if third, err := Lock(ctx, dir); err == nil {
		third()
		t.Error("two runs at once")
	}
	unlock()
}

func TestLockErrors(t *testing.T) {
	dir := t.TempDir()
	if runtime.GOOS != "windows" {
		_, err := Lock(t.Context(), dir)
		noAbsolutePath(t, filepath.Join(dir, "generated"), err)
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v", err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("left behind: %v", entries)
	}
	err := lockError(syscall.ENOSYS)
	if want := "cue.mod/module.cue: this file system has no locks, which keep two runs apart: " + syscall.ENOSYS.Error(); err.Error() != want {
		t.Errorf("%v", err)
	}
}
