package tree

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/hashicorp/go-multierror"

	"stagecue.dev/internal/rope"
)

// Options change what Apply does.
type Options struct {
	// Adopt overwrites files in the way.
	Adopt bool
}

// Apply makes the tree at root what is wanted: it writes what is missing or
// modified and removes orphans, with the directories that become empty.
// Foreign files stay. It refuses changes of which one is a file in the way,
// unless that is to be adopted, or a symbolic link, and trees that are not what
// they were when compared.
//
// All files are first written beside the tree, on the same file system, and
// only then renamed into place: until then the tree is as it was, whatever
// fails and if ctx is done. A rename is atomic; after the first one ctx is not
// looked at any more, and a failure undoes what was done.
//
// An error names files by their path in the module, and there may be several
// in it (multierror).
func Apply(ctx context.Context, root string, changes []Change, options Options) (err error) {
	p, err := newPlan(root, changes, options)
	if err != nil {
		return err
	}
	if len(p.writes)+len(p.removes) == 0 {
		return ctx.Err()
	}
	if p.stage, err = newStage(filepath.Dir(filepath.Clean(root))); err != nil {
		return reason("a temporary directory beside "+inModule(root, ""), err)
	}
	defer func() {
		if left := removeStage(p.stage); left != nil {
			err = errors.Join(err, reason(filepath.Base(filepath.Dir(p.stage)), left))
		}
	}()
	if err := p.write(ctx); err != nil {
		return err
	}
	return p.commit()
}

// plan is one run of Apply.
type plan struct {
	root string
	// stage is the directory that new files are written to; there, the number
	// of a file in writes is its name.
	stage           string
	writes, removes []Change
	// modes are the permissions of the files that are there.
	modes map[string]fs.FileMode
}

// newPlan sorts the changes and makes sure that they can still be made.
func newPlan(root string, changes []Change, options Options) (*plan, error) {
	p := &plan{root: root, modes: map[string]fs.FileMode{}}
	var failed *multierror.Error
	for _, c := range changes {
		name := inModule(root, c.Path)
		switch {
		case c.Kind == Foreign:
			continue
		case c.Kind == Symlink:
			failed = collect(failed, fmt.Errorf("%s: a symbolic link or no regular file is in the way", name))
			continue
		case c.Kind == InTheWay && !options.Adopt:
			failed = collect(failed, fmt.Errorf("%s: stagecue did not write this file: %w", name, fs.ErrExist))
			continue
		case c.Kind == Orphan:
			p.removes = append(p.removes, c)
		default:
			p.writes = append(p.writes, c)
		}
		failed = collect(failed, reason(name, p.unchanged(c)))
	}
	return p, failed.ErrorOrNil()
}

// errChanged is about a file that somebody has edited since it was compared:
// to write it, or to undo that, would lose what they did.
var errChanged = errors.New("changed in the meantime, try again")

// unchanged makes sure that a path is as it was when compared.
func (p *plan) unchanged(c Change) error {
	if !local(c.Path) {
		return fs.ErrInvalid
	}
	if _, found, err := onTheWay(p.root, c.Path, false); err != nil {
		return err
	} else if found {
		return errChanged
	}
	name := abs(p.root, c.Path)
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if c.Kind != Missing {
			return errChanged
		}
		return nil
	case err != nil:
		return err
	case c.Kind == Missing:
		return errChanged
	}
	p.modes[c.Path] = info.Mode().Perm()
	have, err := os.ReadFile(name)
	if err == nil && !bytes.Equal(have, c.Old) {
		return errChanged
	}
	return err
}

// staged is where the new text of writes[i] is.
func (p *plan) staged(i int) string { return filepath.Join(p.stage, strconv.Itoa(i)) }

// writeNew writes a file that is not there yet.
func writeNew(name string, text rope.Rope) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	_, err = text.WriteTo(w)
	return errors.Join(err, w.Flush(), f.Close())
}

// write puts the new files into the staging directory.
func (p *plan) write(ctx context.Context) error {
	for i, c := range p.writes {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeNew(p.staged(i), c.New); err != nil {
			return reason(inModule(p.root, c.Path), err)
		}
	}
	return ctx.Err()
}
