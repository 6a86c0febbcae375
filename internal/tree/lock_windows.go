package tree

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// lockFile is the file to lock: one of the user's temporary files that stands
// for the module. The module file itself will not do on Windows: a lock there
// keeps everybody, this process included, from reading the file.
func lockFile(root string) (name string, flags int, err error) {
	root, err = filepath.Abs(root)
	if err != nil {
		return "", 0, err
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256([]byte(strings.ToLower(root)))
	return filepath.Join(os.TempDir(), fmt.Sprintf("stagecue-%x.lock", sum[:8])), os.O_RDWR | os.O_CREATE, nil
}
