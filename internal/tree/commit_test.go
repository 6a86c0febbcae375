package tree

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// failing is a plan of all kinds of changes, with all files staged.
func failing(t *testing.T) *plan {
	t.Helper()
	root := module(t, map[string]string{
		"generated/b/edited": ours("old"), "generated/c/mine": "mine", "generated/x/orphan": ours("1"), "generated/y/orphan": ours("2"),
	})
	if err := os.Chmod(filepath.Join(root, "c/mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	changes := compare(t, root, files("a/deep/new", "b/edited", "c/mine", "d/new"), Scope{})
	p, err := newPlan(root, changes, Options{Adopt: true})
	if err != nil {
		t.Fatal(err)
	}
	p.stage = t.TempDir()
	if err := p.write(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}

// texts is a state without the times, since what is undone is written again.
func texts(t *testing.T, root string) string {
	t.Helper()
	var out []string
	for name, what := range state(t, root) {
		if _, after, ok := strings.Cut(what, " "); ok {
			what = after
		}
		out = append(out, name+"="+what)
	}
	return strings.Join(slices.Sorted(slices.Values(out)), "\n")
}

// Whichever file cannot be renamed or removed, the tree is what it was.
func TestCommitUndone(t *testing.T) {
	for i := range 4 {
		p := failing(t)
		before := texts(t, p.root)
		if err := os.Remove(p.staged(i)); err != nil {
			t.Fatal(err)
		}
		err := p.commit()
		noAbsolutePath(t, p.root, err)
		if !strings.Contains(err.Error(), "generated/"+p.writes[i].Path) || strings.Contains(err.Error(), "not undone") {
			t.Errorf("%v", err)
		}
		if after := texts(t, p.root); after != before {
			t.Errorf("file %d: %s\nwas\n%s", i, after, before)
		}
	}
}

func TestCommitOrphanStays(t *testing.T) {
	p := failing(t)
	// A directory that is not empty cannot be removed as a file.
	if err := os.Remove(abs(p.root, "y/orphan")); err != nil {
		t.Fatal(err)
	}
	put(t, abs(p.root, "y/orphan/x"), "mine")
	before := texts(t, p.root)
	noAbsolutePath(t, p.root, p.commit())
	if after := texts(t, p.root); after != before {
		t.Errorf("%s\nwas\n%s", after, before)
	}
}

func TestCommitNoDirectory(t *testing.T) {
	p := failing(t)
	put(t, abs(p.root, "d"), "a file where a directory is to be")
	before := texts(t, p.root)
	noAbsolutePath(t, p.root, p.commit())
	if after := texts(t, p.root); after != before {
		t.Errorf("%s\nwas\n%s", after, before)
	}
}

func TestCommitNotUndone(t *testing.T) {
	p := failing(t)
	err := p.undo([]Change{{Path: "nowhere/x", Kind: Missing}}, nil, os.ErrPermission)
	noAbsolutePath(t, p.root, err)
	if want := os.ErrPermission.Error() + "; not undone: generated/nowhere/x: "; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v", err)
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "real", "x.cue")
	put(t, name, "old")
	if err := os.Chmod(name, 0o600); err != nil {
		t.Fatal(err)
	}
	link(t, filepath.Join("real", "x.cue"), filepath.Join(dir, "link.cue"))
	if err := WriteFile(dir, filepath.Join(dir, "link.cue"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if data, _ := os.ReadFile(name); string(data) != "new" {
		t.Errorf("%q", data)
	}
	if info, _ := os.Lstat(filepath.Join(dir, "link.cue")); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	for _, missing := range []string{"nowhere.cue", "nowhere/x.cue", "real/x.cue/y"} {
		noAbsolutePath(t, filepath.Join(dir, "generated"), WriteFile(dir, filepath.Join(dir, missing), nil))
	}
	if entries, _ := os.ReadDir(filepath.Join(dir, "real")); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}
