package tree

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/go-multierror"

	"stagecue.dev/internal/header"
)

// leftovers are the files that nothing wants.
type leftovers struct {
	// blocked are the folders of stacks that are links.
	blocked []string
	files   []leftover
	// foreign are the cue.mod of modules inside of the tree: what lies beside one
	// is that module's.
	foreign []string
	failed  *multierror.Error
}

type leftover struct {
	name  string
	entry fs.DirEntry
}

// unwanted looks for files that nothing wants, in the part of the tree that
// the run is about.
func (c *comparison) unwanted() leftovers {
	starts := []string{""}
	if len(c.scope.Stacks) > 0 {
		starts = slices.Compact(slices.Sorted(slices.Values(c.scope.Stacks)))
	}
	var left leftovers
	for _, start := range starts {
		// A linked folder is somebody else's: what is in it is not the tree's.
		switch what, found, err := onTheWay(c.root, start, true); {
		case err != nil:
			left.failed = collect(left.failed, reason(inModule(c.root, start), err))
		case found:
			left.blocked = append(left.blocked, what)
		default:
			c.walk(start, &left)
		}
	}
	return left
}

// walk looks at what is below one folder.
func (c *comparison) walk(start string, left *leftovers) {
	err := filepath.WalkDir(abs(c.root, start), func(file string, entry fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(c.root, file)
		if relErr != nil {
			return relErr
		}
		name := filepath.ToSlash(rel)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			// Gone since its directory was read, or never there.
			return nil
		case err != nil:
			left.failed = collect(left.failed, reason(inModule(c.root, name), err))
			return nil
		case entry.IsDir() && name != start && c.belongsToOther(name):
			return fs.SkipDir
		case entry.IsDir() && isModule(file):
			left.foreign = append(left.foreign, path.Join(name, "cue.mod"))
			return fs.SkipDir
		case !entry.IsDir() && !c.wanted[name]:
			left.files = append(left.files, leftover{name, entry})
		}
		return nil
	})
	left.failed = collect(left.failed, reason(inModule(c.root, start), err))
}

// add adds what was found to the changes.
func (c *comparison) add(left leftovers) {
	for _, what := range left.blocked {
		c.block(what)
	}
	c.failed = collect(c.failed, left.failed.ErrorOrNil())
	for _, name := range left.foreign {
		if !c.unmanaged(name) {
			c.changes = append(c.changes, Change{Path: name, Kind: Foreign})
		}
	}
	for _, l := range left.files {
		if !c.blocked[l.name] && !c.wantedInOtherCase(l.name) {
			c.failed = collect(c.failed, reason(inModule(c.root, l.name), c.classify(l.name, l.entry)))
		}
	}
}

// belongsToOther tells whether a folder inside a stack's is another stack's:
// of one that is not selected nothing is said, one that is has its own turn.
func (c *comparison) belongsToOther(name string) bool {
	return len(c.scope.Stacks) > 0 && (slices.Contains(c.scope.Stacks, name) || slices.Contains(c.scope.Others, name))
}

// wantedInOtherCase tells whether a file is a wanted one whose name the file
// system gives back in other letters, as those of macOS and Windows may: to
// remove it as an orphan would be to remove the wanted file.
func (c *comparison) wantedInOtherCase(name string) bool {
	other, ok := c.folded[fold(name)]
	if !ok {
		return false
	}
	a, errA := os.Lstat(abs(c.root, name))
	b, errB := os.Lstat(abs(c.root, other))
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// isModule reports whether a directory is the root of a CUE module.
func isModule(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "cue.mod"))
	return err == nil && info.IsDir()
}

// unmanaged reports whether the module lists a path as none of ours.
func (c *comparison) unmanaged(name string) bool {
	return slices.ContainsFunc(c.scope.Unmanaged, func(pattern string) bool {
		return doublestar.MatchUnvalidated(pattern, name)
	})
}

// classify adds a leftover of ours to the changes, or a file that is not ours.
func (c *comparison) classify(name string, entry fs.DirEntry) error {
	if c.unmanaged(name) {
		return nil
	}
	// Only a regular file is opened: a named pipe would never end. No name that we
	// write is anything but UTF-8.
	if entry.Type().IsRegular() && local(name) {
		data, err := readOwned(abs(c.root, name))
		if err != nil {
			return err
		}
		if data != nil {
			c.changes = append(c.changes, Change{Path: name, Kind: Orphan, Old: data})
			return nil
		}
	}
	c.changes = append(c.changes, Change{Path: name, Kind: Foreign})
	return nil
}

// readOwned is the text of a file of ours, nil for somebody else's, of which
// only the first bytes are read.
func readOwned(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headSize))
	if err != nil || !header.Owned(filepath.ToSlash(name), head) {
		return nil, err
	}
	rest, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return append(head, rest...), nil
}
