package tree

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/go-multierror"
)

// Compare compares the wanted files with the tree at root, byte by byte and in
// both directions. The changes are in order of their paths.
//
// An error is one of the operating system's, a pattern that is none, or a
// wanted path that is not below root. It names files by their path in the
// module, and there may be several in it (multierror).
func Compare(root string, want []File, scope Scope) ([]Change, error) {
	for _, pattern := range scope.Unmanaged {
		if !doublestar.ValidatePattern(pattern) {
			return nil, fmt.Errorf("%q: %w", pattern, doublestar.ErrBadPattern)
		}
	}
	for _, dir := range scope.Stacks {
		if !local(dir) {
			return nil, fmt.Errorf("%q is no path below %s", dir, inModule(root, ""))
		}
	}
	c := comparison{root: root, scope: scope, wanted: map[string]bool{}, folded: map[string]string{}, blocked: map[string]bool{}}
	for _, f := range want {
		if !local(f.Path) {
			return nil, fmt.Errorf("%q is no path below %s", f.Path, inModule(root, ""))
		}
		if c.wanted[f.Path] {
			return nil, fmt.Errorf("%s: two files are to be written here", inModule(root, f.Path))
		}
		c.wanted[f.Path] = true
		c.folded[fold(f.Path)] = f.Path
	}
	for _, f := range want {
		c.failed = collect(c.failed, reason(inModule(root, f.Path), c.compare(f)))
	}
	if !scope.Files {
		c.unwanted()
	}
	if err := c.failed.ErrorOrNil(); err != nil {
		return nil, err
	}
	slices.SortFunc(c.changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return c.changes, nil
}

// local tells whether a path is in its shortest form and stays below the root.
func local(name string) bool {
	return name != "." && fs.ValidPath(name) && filepath.IsLocal(filepath.FromSlash(name))
}

// comparison is one run of Compare.
type comparison struct {
	root   string
	scope  Scope
	wanted map[string]bool
	// folded are the wanted paths by what they are where case does not count.
	folded map[string]string
	// blocked are the paths that are reported as in the way of wanted ones.
	blocked map[string]bool
	changes []Change
	failed  *multierror.Error
}

// compare looks at one wanted path.
func (c *comparison) compare(f File) error {
	if clear, err := c.clear(f.Path, false); err != nil || !clear {
		return err
	}
	have, err := os.ReadFile(abs(c.root, f.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.changes = append(c.changes, Change{Path: f.Path, Kind: Missing, New: f.Data})
	case err != nil:
		return err
	case bytes.Equal(have, f.Data):
	case Owned(have):
		c.changes = append(c.changes, Change{Path: f.Path, Kind: Modified, Old: have, New: f.Data})
	default:
		c.changes = append(c.changes, Change{Path: f.Path, Kind: InTheWay, Old: have, New: f.Data})
	}
	return nil
}

// clear tells whether nothing is on the way to a path, the path included, and
// otherwise notes, once, what is.
func (c *comparison) clear(name string, dir bool) (bool, error) {
	what, found, err := onTheWay(c.root, name, dir)
	if err != nil || !found {
		return err == nil, err
	}
	if !c.blocked[what] {
		c.blocked[what] = true
		c.changes = append(c.changes, Change{Path: what, Kind: Symlink})
	}
	return false, nil
}

// onTheWay finds the first element of a path, from the root on, that is not a
// directory or, at its end and unless dir is set, not a regular file. The root
// itself is "". What does not exist is not on the way.
func onTheWay(root, name string, dir bool) (what string, found bool, err error) {
	elements := strings.Split(name, "/")
	if name == "" {
		elements = nil
	}
	for i := 0; i <= len(elements); i++ {
		part := strings.Join(elements[:i], "/")
		info, err := os.Lstat(abs(root, part))
		last := i == len(elements) && !dir
		switch {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
			return "", false, nil
		case err != nil:
			return "", false, err
		case last && !info.Mode().IsRegular(), !last && !info.IsDir():
			return part, true, nil
		}
	}
	return "", false, nil
}
