package git

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"stagecue.dev/internal/diag"
)

// walk is one walk through the working tree.
type walk struct {
	tree   *Tree
	within func(path string) bool
	// seen are the paths of the commit that have been found, and directories of
	// which all that the commit holds below them has been dealt with.
	seen map[string]bool
	// files are those that are regular, then and now.
	files []regular
	out   Changes
}

// regular is a file of the commit that is one now, too.
type regular struct {
	entry *Entry
	// runs is whether it can be run.
	runs bool
	// whole is whether its mode is one that git gives to files.
	whole bool
}

func (w *walk) abs(name string) string {
	return filepath.Join(w.tree.repository.dir, filepath.FromSlash(name))
}

func (w *walk) add(name string, kind Kind) {
	w.out.List = append(w.out.List, Change{Path: name, Kind: kind})
}

// whole adds a directory in which anything may have changed.
func (w *walk) whole(name string, kind Kind) {
	w.seen[name] = true
	w.out.List = append(w.out.List, Change{Path: name, Kind: kind, Directory: true})
}

// directory looks at what a directory holds; "" is the one that the repository
// was opened for.
func (w *walk) directory(ctx context.Context, dir string) {
	if ctx.Err() != nil {
		return
	}
	entries, err := os.ReadDir(w.abs(dir))
	for _, e := range entries {
		if e.Name() != ".git" {
			continue
		}
		if dir != "" {
			w.whole(dir, Untracked) // a repository of its own
			return
		}
	}
	if err != nil {
		w.whole(path.Clean(dir), Modified)
		return
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if name == ".git" || !w.within(name) {
			continue
		}
		was := w.tree.byPath[name]
		switch {
		case was != nil && was.Mode == modeModule:
			w.seen[name] = true
			w.submodule(ctx, was, e)
		case e.IsDir():
			w.directory(ctx, name)
		default:
			w.file(name, was, e)
		}
	}
}

// file compares a file, or what else is no directory.
func (w *walk) file(name string, was *Entry, e fs.DirEntry) {
	link := e.Type() == fs.ModeSymlink
	if link {
		w.out.Links = append(w.out.Links, name)
	}
	if was == nil {
		w.out.List = append(w.out.List, Change{Path: name, Kind: Untracked, Link: link})
		return
	}
	w.seen[name] = true
	switch {
	case link && was.Mode == ModeLink:
		if to, err := os.Readlink(w.abs(name)); err != nil || !was.IsObject([]byte(filepath.ToSlash(to))) {
			w.out.List = append(w.out.List, Change{Path: name, Kind: Modified, Link: true})
		}
	case e.Type().IsRegular() && (was.Mode != ModeLink || !modes):
		// Where git makes no links, it writes files that hold where they lead.
		info, err := e.Info()
		if err != nil {
			w.add(name, Modified)
			return
		}
		const special = fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky
		r := regular{entry: was, runs: info.Mode()&0o111 != 0, whole: info.Mode()&special == 0}
		if was.Mode == modeRun {
			r.runs = info.Mode()&0o100 != 0
		}
		w.files = append(w.files, r)
	default:
		w.out.List = append(w.out.List, Change{Path: name, Kind: Type, Link: link || was.Mode == ModeLink})
	}
}

// missing adds what the commit holds and the working tree does not.
func (w *walk) missing() {
	for i := range w.tree.Entries {
		e := &w.tree.Entries[i]
		if w.seen[e.Path] || !w.within(e.Path) || w.covered(e.Path) {
			continue
		}
		w.out.List = append(w.out.List, Change{Path: e.Path, Kind: Removed, Directory: e.Mode == modeModule, Link: e.Mode == ModeLink})
	}
}

// covered reports whether a path lies in a directory in which anything may have
// changed.
func (w *walk) covered(name string) bool {
	if w.seen["."] {
		return true
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if w.seen[dir] {
			return true
		}
	}
	return false
}

// submodule compares what a submodule holds with the commit that stands for it.
// Anything else in there, be it ignored, makes all of it a change.
func (w *walk) submodule(ctx context.Context, was *Entry, e fs.DirEntry) {
	if !e.IsDir() {
		w.out.List = append(w.out.List, Change{Path: was.Path, Kind: Type, Directory: true, Link: e.Type() == fs.ModeSymlink})
		return
	}
	if _, err := os.Lstat(filepath.Join(w.abs(was.Path), ".git")); err != nil {
		w.whole(was.Path, Removed) // its files are not checked out
		return
	}
	changes, d := w.inside(ctx, was)
	if d != nil || len(changes.List) > 0 {
		w.whole(was.Path, Modified)
	}
	for _, link := range changes.Links {
		w.out.Links = append(w.out.Links, path.Join(was.Path, link))
	}
}

// inside compares the files of a submodule.
func (w *walk) inside(ctx context.Context, was *Entry) (Changes, *diag.Diagnostic) {
	// Variables may name the repository around it, or its index.
	without, d := w.tree.repository.variables(ctx)
	if d != nil {
		return Changes{}, d
	}
	r := &Repository{dir: w.abs(was.Path), git: w.tree.repository.git, without: without}
	tree, d := r.Tree(ctx, was.Object)
	if d != nil {
		return Changes{}, d
	}
	return tree.Changed(ctx, nil)
}
