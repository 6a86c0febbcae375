package tree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/hashicorp/go-multierror"
	"github.com/rogpeppe/go-internal/robustio"
)

// Options change what Apply does.
type Options struct {
	// Adopt overwrites files in the way.
	Adopt bool
}

// Apply makes the tree at root what is wanted: it writes what is missing or
// modified and removes orphans, with the directories that become empty.
// Foreign files stay.
//
// All files are first written beside the tree, on the same file system, and
// only then renamed into place: as long as anything can fail or ctx be done,
// the tree is as it was. A rename is atomic, and after the first one Apply
// goes on to the end.
func Apply(ctx context.Context, root string, changes []Change, options Options) (err error) {
	var writes, removes []Change
	for _, c := range changes {
		switch c.Kind {
		case InTheWay:
			if !options.Adopt {
				return fmt.Errorf("%s: %w", c.Path, fs.ErrExist)
			}
			writes = append(writes, c)
		case Symlink:
			return fmt.Errorf("%s: it is a symbolic link or no regular file", c.Path)
		case Missing, Modified:
			writes = append(writes, c)
		case Orphan:
			removes = append(removes, c)
		}
	}
	if len(writes)+len(removes) == 0 {
		return ctx.Err()
	}
	stage, err := os.MkdirTemp(filepath.Dir(root), ".stagecue-")
	if err != nil {
		return reason("", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(stage)) }()
	staged, err := write(ctx, stage, writes)
	if err != nil {
		return err
	}
	if err := directories(root, writes); err != nil {
		return err
	}
	return commit(root, stage, staged, writes, removes)
}

// write puts the new files into the staging directory, in the order of writes.
func write(ctx context.Context, stage string, writes []Change) ([]string, error) {
	names := make([]string, len(writes))
	for i, c := range writes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		names[i] = filepath.Join(stage, fmt.Sprint(i))
		if err := os.WriteFile(names[i], c.New, 0o644); err != nil {
			return nil, reason(c.Path, err)
		}
	}
	return names, ctx.Err()
}

// directories makes the directories that new files go to. If one of them
// cannot be made, those that were are removed again.
func directories(root string, writes []Change) error {
	var made []string
	for _, c := range writes {
		dir := filepath.Join(root, filepath.FromSlash(filepath.Dir(c.Path)))
		var missing []string
		for d := dir; ; d = filepath.Dir(d) {
			if _, err := os.Lstat(d); !errors.Is(err, fs.ErrNotExist) {
				break
			}
			missing = append(missing, d)
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			for i := len(made) - 1; i >= 0; i-- {
				os.Remove(made[i])
			}
			return reason(c.Path, err)
		}
		for i := len(missing) - 1; i >= 0; i-- {
			made = append(made, missing[i])
		}
	}
	return nil
}

// commit renames the new files into place and removes the orphans. If one of
// these fails, what was done before it is undone.
func commit(root, stage string, staged []string, writes, removes []Change) error {
	for i, c := range writes {
		if err := robustio.Rename(staged[i], filepath.Join(root, filepath.FromSlash(c.Path))); err != nil {
			return undo(root, stage, writes[:i], reason(c.Path, err))
		}
	}
	for i, c := range removes {
		if err := os.Remove(filepath.Join(root, filepath.FromSlash(c.Path))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return undo(root, stage, slices.Concat(writes, removes[:i]), reason(c.Path, err))
		}
	}
	for _, c := range removes {
		prune(root, filepath.Join(root, filepath.FromSlash(c.Path)))
	}
	return nil
}

// undo brings back what was there before some changes were made, and returns
// why, with whatever cannot be brought back.
func undo(root, stage string, done []Change, why error) error {
	failed := multierror.Append(nil, why)
	for _, c := range done {
		name := filepath.Join(root, filepath.FromSlash(c.Path))
		var err error
		if c.Old == nil {
			err = os.Remove(name)
			prune(root, name)
		} else {
			err = replace(stage, name, c.Old, 0o644)
		}
		if err != nil {
			failed = multierror.Append(failed, reason(c.Path, fmt.Errorf("not undone: %w", err)))
		}
	}
	failed.ErrorFormat = list
	return failed
}

// prune removes the directories above a removed file until one is not empty,
// up to and with the root.
func prune(root, name string) {
	for dir := filepath.Dir(name); len(dir) >= len(root); dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil {
			return
		}
	}
}

// list is several errors on one line.
func list(errs []error) string {
	text := errs[0].Error()
	for _, err := range errs[1:] {
		text += "; " + err.Error()
	}
	return text
}

// WriteFile replaces one file of the user's by a rename.
func WriteFile(name string, data []byte) error {
	info, err := os.Stat(name)
	if err != nil {
		return reason("", err)
	}
	// Through a link, the file that it names is what is to be replaced.
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return reason("", err)
	}
	return reason("", replace(filepath.Dir(name), name, data, info.Mode().Perm()))
}

// replace writes a file by way of a temporary one, on the same file system.
func replace(stage, name string, data []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(stage, ".stagecue-")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Close())
	if err == nil {
		err = robustio.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
