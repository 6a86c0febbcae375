package tree

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/rogpeppe/go-internal/robustio"
)

// WriteFile replaces one file of the user's, of the module at root, by a rename;
// its permissions stay. The file must exist. An error names no path.
func WriteFile(root, name string, data []byte) error {
	// Through a link, the file that it names is what is to be replaced.
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return reason("", err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return reason("", err)
	}
	stage, err := newStage(root)
	if err != nil {
		return reason("", err)
	}
	err = replace(stage, name, data, info.Mode().Perm())
	if errors.Is(err, syscall.EXDEV) {
		// The link leads to another file system.
		err = replace(filepath.Dir(name), name, data, info.Mode().Perm())
	}
	return reason("", errors.Join(err, removeStage(stage)))
}

// replace writes a file by way of a temporary one in the directory stage, which
// is on the same file system.
func replace(stage, name string, data []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(stage, stagePrefix)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Close())
	if err == nil {
		err = robustio.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
