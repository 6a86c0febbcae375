package git

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
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
	// Mode is a file that can be run now and could not before, or the other way
	// round.
	Mode Kind = "mode changed"
	// Untracked is a file that git does not know, be it ignored or not yet added:
	// whether it has been there, and what it was, nobody can tell.
	Untracked Kind = "untracked"
	// Type is a file that has become a symbolic link, or the like.
	Type Kind = "type changed"
)

// A Change is a file that is not what it was.
type Change struct {
	Path string
	Kind Kind
	// Directory is whether the path is that of a submodule or of a repository
	// inside of this one: whatever is in there may have changed.
	Directory bool
	// Link is whether it is a symbolic link, or was one.
	Link bool
}

// Changed compares a commit with the files of the working tree, untracked ones
// included, whether git ignores them or not: a build reads them like any other.
// The changes are in order of their paths.
func (r *Repository) Changed(ctx context.Context, commit string) ([]Change, *diag.Diagnostic) {
	out, err := r.run(ctx, nil, "diff", "--raw", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-color",
		"--ignore-submodules=none", commit, "--")
	if err != nil {
		return nil, r.failed(ctx, "compare the files with "+commit, err)
	}
	changes := parseRaw(string(out))
	out, err = r.run(ctx, nil, "ls-files", "--others", "-z")
	if err != nil {
		return nil, r.failed(ctx, "list untracked files", err)
	}
	for name := range strings.SplitSeq(string(out), "\x00") {
		if name == "" {
			continue
		}
		dir, directory := strings.CutSuffix(name, "/")
		info, err := os.Lstat(filepath.Join(r.dir, filepath.FromSlash(name)))
		link := err == nil && info.Mode().Type() == fs.ModeSymlink
		changes = append(changes, Change{Path: dir, Kind: Untracked, Directory: directory, Link: link})
	}
	slices.SortStableFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes, nil
}

// parseRaw reads what `git diff --raw -z` prints, two fields for each file:
//
//	:<mode> <mode> <object> <object> <status>
//	<path>
func parseRaw(out string) []Change {
	var changes []Change
	fields := strings.Split(out, "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		words := strings.Fields(strings.TrimPrefix(fields[i], ":"))
		if len(words) != 5 {
			continue
		}
		before, after, status := words[0], words[1], words[4]
		c := Change{
			Path: fields[i+1], Kind: Modified,
			Directory: before == modeModule || after == modeModule, Link: before == ModeLink || after == ModeLink,
		}
		switch {
		case status == "A":
			c.Kind = Added
		case status == "D":
			c.Kind = Removed
		case status == "T":
			c.Kind = Type
		case before != after:
			c.Kind = Mode
		}
		changes = append(changes, c)
	}
	return changes
}

// modeModule is the mode of a submodule.
const modeModule = "160000"

// Changed compares the commit with the files of the working tree.
func (t *Tree) Changed(ctx context.Context) ([]Change, *diag.Diagnostic) {
	return t.repository.Changed(ctx, t.Commit)
}
