//go:build !windows

package tree

import (
	"path/filepath"
	"syscall"
	"testing"
)

// A named pipe is not opened: reading it would never end.
func TestComparePipe(t *testing.T) {
	root := module(t, map[string]string{"generated/a/x": ours("a/x")})
	for _, name := range []string{"a/pipe", "b"} {
		if err := syscall.Mkfifo(filepath.Join(root, name), 0o666); err != nil {
			t.Skipf("the file system has no named pipes: %v", err)
		}
	}
	if got, want := kinds(compare(t, root, files("a/x", "b"), Scope{})), "foreign:a/pipe symlink:b"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
