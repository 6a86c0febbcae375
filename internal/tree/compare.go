package tree

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/bmatcuk/doublestar/v4"
)

// headSize is how much of an unwanted file is read to see whether it is ours.
const headSize = 4096

// Compare compares the wanted files with the tree at root, byte by byte and in
// both directions. The changes are in order of their paths. An error is one of
// the operating system's, without root in it.
func Compare(root string, want []File, scope Scope) ([]Change, error) {
	c := comparison{root: root, scope: scope, wanted: map[string]bool{}, blocked: map[string]bool{}}
	for _, f := range want {
		c.wanted[f.Path] = true
		if err := c.compare(f); err != nil {
			return nil, reason(f.Path, err)
		}
	}
	if !scope.Files && !c.blocked[""] {
		if err := c.unwanted(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(c.changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return c.changes, nil
}

type comparison struct {
	root    string
	scope   Scope
	wanted  map[string]bool
	blocked map[string]bool
	changes []Change
}

// compare looks at one wanted path.
func (c *comparison) compare(f File) error {
	if what, err := c.onTheWay(f.Path); err != nil {
		return err
	} else if what != nil {
		if !c.blocked[*what] {
			c.blocked[*what] = true
			c.changes = append(c.changes, Change{Path: *what, Kind: Symlink})
		}
		return nil
	}
	have, err := os.ReadFile(c.abs(f.Path))
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

// onTheWay is the first element of a path, from the root on, that is neither a
// directory nor, at the end, a regular file; nil if there is none. The root
// itself is "".
func (c *comparison) onTheWay(name string) (*string, error) {
	elements := strings.Split(name, "/")
	for i := 0; i <= len(elements); i++ {
		part := strings.Join(elements[:i], "/")
		info, err := os.Lstat(c.abs(part))
		switch {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
			return nil, nil
		case err != nil:
			return nil, err
		case i < len(elements) && !info.IsDir(), i == len(elements) && !info.Mode().IsRegular():
			return &part, nil
		}
	}
	return nil, nil
}

// unwanted looks for files that nothing wants.
func (c *comparison) unwanted() error {
	roots := []string{"."}
	if len(c.scope.Stacks) > 0 {
		roots = c.scope.Stacks
	}
	for _, dir := range roots {
		err := filepath.WalkDir(c.abs(dir), func(abs string, entry fs.DirEntry, err error) error {
			name := c.rel(abs)
			if err != nil {
				if errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				return reason(name, err)
			}
			if entry.IsDir() || c.wanted[name] || c.blocked[name] {
				return nil
			}
			return c.classify(name, entry)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// classify tells leftovers of ours from what is somebody else's.
func (c *comparison) classify(name string, entry fs.DirEntry) error {
	if entry.Type().IsRegular() {
		head, err := readHead(c.abs(name))
		if err != nil {
			return reason(name, err)
		}
		if Owned(head) {
			data, err := os.ReadFile(c.abs(name))
			if err != nil {
				return reason(name, err)
			}
			c.changes = append(c.changes, Change{Path: name, Kind: Orphan, Old: data})
			return nil
		}
	}
	for _, pattern := range c.scope.Unmanaged {
		if ok, err := doublestar.Match(pattern, name); err != nil {
			return reason(pattern, err)
		} else if ok {
			return nil
		}
	}
	c.changes = append(c.changes, Change{Path: name, Kind: Foreign})
	return nil
}

func readHead(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}

func (c *comparison) abs(name string) string {
	return filepath.Join(c.root, filepath.FromSlash(name))
}

func (c *comparison) rel(abs string) string {
	rel, err := filepath.Rel(c.root, abs)
	if err != nil {
		return path.Clean(filepath.ToSlash(abs))
	}
	return filepath.ToSlash(rel)
}
