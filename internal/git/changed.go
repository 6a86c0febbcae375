package git

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
)

// A Kind says what has become of a file.
type Kind string

// The kinds of changes. A renamed file is removed in one place and added in
// another.
const (
	Added    Kind = "added"
	Modified Kind = "changed"
	Removed  Kind = "removed"
	// LineEnds is a file of which only the line ends are others.
	LineEnds Kind = "line ends changed"
	// Mode is a file that can be run now and could not before, or the other way
	// round.
	Mode Kind = "mode changed"
	// Untracked is a file that git does not know, be it ignored or not yet added:
	// git cannot say whether it was there, and what it was.
	Untracked Kind = "untracked"
	// Type is a file that has become a symbolic link, or the like.
	Type Kind = "type changed"
)

// A Change is a file that is not what it was.
type Change struct {
	Path string
	Kind Kind
	// Directory is whether the path is that of a submodule, of a repository
	// inside of this one, or of a directory that cannot be read: whatever is in
	// there may have changed.
	Directory bool
	// Link is whether it is a symbolic link, or was one.
	Link bool
}

// Changes are what is found when a commit is compared with the working tree.
type Changes struct {
	// List is in order of the paths.
	List []Change
	// Links are the symbolic links of the working tree, those in submodules
	// included.
	Links []string
}

// Changed compares the commit with the files of the working tree, byte for byte,
// whatever git believes of them: their content, whether they can be run, where
// links lead. Untracked files are changes, whether git ignores them or not: a
// build reads them like any other.
//
// Within reports whether a path may count, or one below or above it; nil stands
// for all. Other files are not looked at.
func (t *Tree) Changed(ctx context.Context, within func(path string) bool) (Changes, *diag.Diagnostic) {
	if within == nil {
		within = func(string) bool { return true }
	}
	w := &walk{tree: t, within: within, seen: map[string]bool{}}
	w.directory(ctx, "")
	w.missing()
	if d := w.settle(ctx); d != nil {
		return Changes{}, d
	}
	if ctx.Err() != nil {
		return Changes{}, t.repository.failed(ctx, "compare the files with "+t.Commit, ctx.Err())
	}
	slices.SortStableFunc(w.out.List, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return w.out, nil
}

// settle finishes what the walk has left open: the contents of files, and which
// of the new files git knows.
func (w *walk) settle(ctx context.Context) *diag.Diagnostic {
	known := map[string]string{}
	fresh := slices.ContainsFunc(w.out.List, func(c Change) bool { return c.Kind == Untracked })
	if fresh || !modes && len(w.files) > 0 {
		var d *diag.Diagnostic
		if known, d = w.tree.repository.index(ctx); d != nil {
			return d
		}
	}
	for i, c := range w.out.List {
		if c.Kind == Untracked && known[c.Path] != "" {
			w.out.List[i].Kind = Added
		}
	}
	if !modes {
		for i := range w.files {
			f := &w.files[i]
			f.runs = f.entry.Mode == modeRun
			if mode := known[f.entry.Path]; mode != "" {
				f.runs = mode == modeRun
			}
		}
	}
	return w.contents(ctx)
}

// modes is whether a file of the system says of itself that it can be run. Where
// it does not, git's index says so.
const modes = runtime.GOOS != "windows"

// index is the mode of each file that git's index holds.
func (r *Repository) index(ctx context.Context) (map[string]string, *diag.Diagnostic) {
	out, err := r.run(ctx, nil, "ls-files", "--stage", "-z")
	if err != nil {
		return nil, r.failed(ctx, "list the files of its index", err)
	}
	known := map[string]string{}
	for line := range strings.SplitSeq(string(out), "\x00") {
		// <mode> <object> <stage>TAB<path>
		if about, name, ok := strings.Cut(line, "\t"); ok {
			known[name], _, _ = strings.Cut(about, " ")
		}
	}
	return known, nil
}
