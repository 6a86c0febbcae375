package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/go-multierror"

	"stagecue.dev/internal/header"
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
	var left leftovers
	var looking sync.WaitGroup
	if !scope.Files {
		looking.Go(func() { left = c.unwanted() })
	}
	c.compareAll(want)
	looking.Wait()
	c.add(left)
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
	// passable are the directories, "." for the root, to which nothing is on the
	// way.
	passable sync.Map
	changes  []Change
	failed   *multierror.Error
}

// compareAll looks at the wanted paths.
func (c *comparison) compareAll(want []File) {
	changes, failed := make([]*Change, len(want)), make([]error, len(want))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(want)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(want)); i = next.Add(1) - 1 {
				changes[i], failed[i] = c.compare(want[i])
			}
		})
	}
	workers.Wait()
	for i, change := range changes {
		c.failed = collect(c.failed, reason(inModule(c.root, want[i].Path), failed[i]))
		switch {
		case change == nil:
		case change.Kind == Symlink:
			c.block(change.Path)
		default:
			c.changes = append(c.changes, *change)
		}
	}
}

// compare looks at one wanted path.
func (c *comparison) compare(f File) (*Change, error) {
	if what, found, err := c.onTheWay(f.Path); err != nil {
		return nil, err
	} else if found {
		return &Change{Path: what, Kind: Symlink}, nil
	}
	have, err := os.ReadFile(abs(c.root, f.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Change{Path: f.Path, Kind: Missing, New: f.Data}, nil
	case err != nil:
		return nil, err
	case f.Data.Equal(have):
		return nil, nil
	case header.Owned(f.Path, have):
		return &Change{Path: f.Path, Kind: Modified, Old: have, New: f.Data}, nil
	}
	return &Change{Path: f.Path, Kind: InTheWay, Old: have, New: f.Data}, nil
}

// block notes, once, what is on the way to a wanted path.
func (c *comparison) block(what string) {
	if !c.blocked[what] {
		c.blocked[what] = true
		c.changes = append(c.changes, Change{Path: what, Kind: Symlink})
	}
}

// onTheWay is onTheWay for a file of the tree. Files have directories in
// common, which are looked at once.
func (c *comparison) onTheWay(name string) (what string, found bool, err error) {
	dir := path.Dir(name)
	if _, ok := c.passable.Load(dir); !ok {
		what, found, err := onTheWay(c.root, name, false)
		if !found && err == nil {
			c.passable.Store(dir, true)
		}
		return what, found, err
	}
	info, err := os.Lstat(abs(c.root, name))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
			err = nil
		}
		return "", false, err
	}
	return name, !info.Mode().IsRegular(), nil
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
