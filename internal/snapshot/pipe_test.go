//go:build unix

package snapshot

import (
	"path/filepath"
	"syscall"
	"testing"
)

// TestPipe: a pipe that stands where a file should be is not waited for.
func TestPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o666); err != nil {
		t.Skip("there are no named pipes:", err)
	}
	take(t, func(r *Reader) {
		if _, err := r.File(name); err != ErrNotRegular {
			t.Errorf("%v", err)
		}
	})
}
