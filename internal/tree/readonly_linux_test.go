package tree

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// asNobody runs f without root's right to write everywhere, on a thread of its
// own that ends with it.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		f()
		return
	}
	failed := make(chan string)
	go func() {
		defer close(failed)
		// Never unlocked: the thread is thrown away with the goroutine.
		runtime.LockOSThread()
		const nobody = 65534
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, nobody, nobody, nobody); errno != 0 {
			failed <- errno.Error()
			return
		}
		f()
	}()
	if why := <-failed; why != "" {
		t.Skip("cannot become somebody else: ", why)
	}
}

// chmod sets the permissions of a directory, and opens the ones above it.
func chmod(t *testing.T, dir string, mode os.FileMode) {
	t.Helper()
	for d := filepath.Dir(dir); d != os.TempDir() && d != filepath.Dir(d); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o777) })
}

func TestReadOnlyDirectory(t *testing.T) {
	root := module(t, map[string]string{
		"generated/a/Dockerfile": ours("old"), "generated/b/Dockerfile": ours("old"), "generated/c/Dockerfile": ours("orphan"),
	})
	for _, dir := range []string{"a", "b", "c"} {
		chmod(t, filepath.Join(root, dir), 0o777)
	}
	changes := compare(t, root, files("0/Dockerfile", "a/Dockerfile", "b/Dockerfile"), Scope{})
	for _, dir := range []string{"b", "c"} {
		chmod(t, filepath.Join(root, dir), 0o555)
		before := texts(t, root)
		var err error
		asNobody(t, func() { err = Apply(t.Context(), root, changes, Options{}) })
		noAbsolutePath(t, root, err)
		if want := "generated/" + dir + "/Dockerfile: permission denied"; err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
		if after := texts(t, root); after != before {
			t.Errorf("%s\nwas\n%s", after, before)
		}
		chmod(t, filepath.Join(root, dir), 0o777)
	}
}

func TestReadOnlyModule(t *testing.T) {
	root := module(t, map[string]string{"generated/a/Dockerfile": ours("a/Dockerfile"), "cue.mod/module.cue": ""})
	chmod(t, filepath.Join(root, "a"), 0o555)
	chmod(t, filepath.Join(filepath.Dir(root), "cue.mod"), 0o555)
	chmod(t, root, 0o555)
	chmod(t, filepath.Dir(root), 0o555)
	before := state(t, root)
	asNobody(t, func() {
		unlock, err := Lock(t.Context(), filepath.Dir(root))
		if err != nil {
			t.Error(err)
			return
		}
		defer unlock()
		// Nothing to do is done.
		changes, err := Compare(root, files("a/Dockerfile"), Scope{})
		if err == nil {
			err = Apply(t.Context(), root, changes, Options{})
		}
		if err != nil {
			t.Error(err)
		}
		changes, err = Compare(root, files("b/Dockerfile"), Scope{Files: true})
		if err != nil {
			t.Error(err)
		}
		noAbsolutePath(t, root, Apply(t.Context(), root, changes, Options{}))
	})
	same(t, root, before)
}

// A file that cannot be read is told, unless nobody wants to know of it.
func TestUnreadable(t *testing.T) {
	root := module(t, map[string]string{"generated/a/x": ours(""), "generated/b/x": ours("")})
	chmod(t, filepath.Join(root, "a"), 0o755)
	for _, name := range []string{"a/x", "b/x"} {
		if err := os.Chmod(filepath.Join(root, name), 0o200); err != nil {
			t.Fatal(err)
		}
	}
	asNobody(t, func() {
		_, err := Compare(root, nil, Scope{Unmanaged: []string{"b/*"}})
		noAbsolutePath(t, root, err)
		if want := "generated/a/x: permission denied"; err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	})
}
