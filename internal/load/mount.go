package load

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A mount is a directory that does not exist on disk, below which CUE sees the
// files of a snapshot: each at its absolute path, as if the directory were the
// root of the disk. CUE's overlay only adds to the disk, so a file that appears
// beside the real ones in the middle of a run would be seen.
type mount string

// newMount names a directory at the root of the disk that path lies on, and makes
// sure that there is none of that name.
func newMount(path string) mount {
	const name = ".stagecue-snapshot"
	root := filepath.VolumeName(path) + string(filepath.Separator)
	dir := filepath.Join(root, name)
	for n := 1; ; n++ {
		if _, err := os.Lstat(dir); err != nil {
			return mount(dir)
		}
		dir = filepath.Join(root, name+strconv.Itoa(n))
	}
}

// real is the absolute path of a file that CUE sees at a path below the mount.
func (m mount) real(path string) string {
	return filepath.VolumeName(string(m)) + strings.TrimPrefix(path, string(m))
}

// path is where CUE sees a file or directory of an absolute path.
func (m mount) path(abs string) string {
	return filepath.Join(string(m), abs[len(filepath.VolumeName(abs)):])
}
