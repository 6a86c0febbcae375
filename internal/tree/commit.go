package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/go-multierror"
	"github.com/rogpeppe/go-internal/robustio"
)

// commit renames the new files into place and removes the orphans. If one of
// these fails, what was done before it is undone.
func (p *plan) commit() error {
	made, err := p.directories()
	if err != nil {
		return err
	}
	for i, c := range p.writes {
		// robustio tries again where a virus scanner or an editor holds a file
		// open for a moment, as happens on Windows.
		if err := robustio.Rename(p.staged(i), abs(p.root, c.Path)); err != nil {
			return p.undo(p.writes[:i], made, reason(inModule(p.root, c.Path), err))
		}
	}
	for i, c := range p.removes {
		if err := os.Remove(abs(p.root, c.Path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return p.undo(slices.Concat(p.writes, p.removes[:i]), made, reason(inModule(p.root, c.Path), err))
		}
	}
	for _, c := range p.removes {
		p.prune(c.Path)
	}
	return nil
}

// directories makes the directories that new files go to, the root included,
// and returns them, parents first. If one cannot be made, none is left.
func (p *plan) directories() (made []string, err error) {
	missing, of := p.missing()
	if err := p.note(missing); err != nil {
		return nil, reason(filepath.Base(filepath.Dir(p.stage)), err)
	}
	for i, dir := range missing {
		err := os.Mkdir(dir, 0o777)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			removeAll(made)
			return nil, reason(inModule(p.root, of[i]), err)
		}
		made = append(made, dir)
	}
	return made, nil
}

// missing lists the directories that do not exist yet, parents first, and a new
// file for which each is needed.
func (p *plan) missing() (dirs, of []string) {
	seen := map[string]bool{}
	for _, c := range p.writes {
		elements := strings.Split(c.Path, "/")
		for i := range elements {
			dir := abs(p.root, strings.Join(elements[:i], "/"))
			if seen[dir] {
				continue
			}
			seen[dir] = true
			if _, err := os.Lstat(dir); err != nil {
				dirs, of = append(dirs, dir), append(of, c.Path)
			}
		}
	}
	return dirs, of
}

// note has Clean find the directories that are about to be made, and those that
// are about to lose a file.
func (p *plan) note(made []string) error {
	dirs := slices.Clone(made)
	for _, c := range p.removes {
		for dir := path.Dir(c.Path); dir != "."; dir = path.Dir(dir) {
			dirs = append(dirs, abs(p.root, dir))
		}
	}
	slices.Sort(dirs) // parents first
	var text strings.Builder
	for _, dir := range slices.Compact(dirs) {
		rel, err := filepath.Rel(filepath.Dir(filepath.Clean(p.root)), dir)
		if err != nil {
			return err
		}
		text.WriteString(filepath.ToSlash(rel) + "\n")
	}
	return os.WriteFile(filepath.Join(p.stage, madeName), []byte(text.String()), 0o666)
}

// removeAll removes directories that were made for files that are not to be.
func removeAll(made []string) {
	for _, dir := range slices.Backward(made) {
		// One that is not empty any more is somebody else's by now.
		_ = os.Remove(dir)
	}
}

// undo brings back what was there before some changes were made, and returns
// why, with whatever cannot be brought back.
func (p *plan) undo(done []Change, made []string, why error) error {
	var failed *multierror.Error
	failed = collect(failed, why)
	for _, c := range done {
		name := abs(p.root, c.Path)
		var err error
		if c.Kind == Missing {
			err = os.Remove(name)
		} else {
			err = replace(p.stage, name, c.Old, p.modes[c.Path])
		}
		if err != nil {
			failed = collect(failed, fmt.Errorf("not undone: %w", reason(inModule(p.root, c.Path), err)))
		}
	}
	removeAll(made)
	return failed.ErrorOrNil()
}

// prune removes the directories above a removed file until one is not empty,
// up to and with the root.
func (p *plan) prune(name string) {
	elements := strings.Split(name, "/")
	for i := len(elements) - 1; i >= 0; i-- {
		if os.Remove(abs(p.root, filepath.Join(elements[:i]...))) != nil {
			return
		}
	}
}
