//go:build !windows

package tree

import (
	"os"
	"path/filepath"
)

// lockFile is the file to lock: the module's own, opened for reading.
func lockFile(root string) (name string, flags int, err error) {
	return filepath.Join(root, "cue.mod", "module.cue"), os.O_RDONLY, nil
}
