package tree

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestApply(t *testing.T) {
	root := module(t, map[string]string{
		"generated/s/edited/Dockerfile": ours("old"),
		"generated/s/right/Dockerfile":  ours("s/right/Dockerfile"),
		"generated/s/gone/x/Dockerfile": ours("gone"),
		"generated/s/mixed/Dockerfile":  ours("gone"),
		"generated/s/mixed/notes.txt":   "mine",
	})
	before := state(t, root)
	want := files("s/edited/Dockerfile", "s/right/Dockerfile", "s/new/deep/Dockerfile", "t/Dockerfile")
	apply(t, root, compare(t, root, want, Scope{}))
	if got, want := names(t, root), "generated/ generated/s/ generated/s/edited/ generated/s/edited/Dockerfile "+
		"generated/s/mixed/ generated/s/mixed/notes.txt generated/s/new/ generated/s/new/deep/ generated/s/new/deep/Dockerfile "+
		"generated/s/right/ generated/s/right/Dockerfile generated/t/ generated/t/Dockerfile"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	after := state(t, root)
	for _, untouched := range []string{"generated/s/right/Dockerfile", "generated/s/mixed/notes.txt"} {
		if after[untouched] != before[untouched] {
			t.Errorf("%s was touched", untouched)
		}
	}
	if left := kinds(compare(t, root, want, Scope{})); left != "foreign:s/mixed/notes.txt" {
		t.Errorf("afterwards there is %s", left)
	}
	// A second run finds nothing to do: not one file is written again.
	apply(t, root, compare(t, root, want, Scope{}))
	same(t, root, after)
}

func TestApplyMode(t *testing.T) {
	root := module(t, nil)
	apply(t, root, compare(t, root, files("a/Dockerfile"), Scope{}))
	// What the umask leaves of 0644, as for any other file.
	other := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(other, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	want, _ := os.Stat(other)
	if got, _ := os.Stat(filepath.Join(root, "a", "Dockerfile")); got.Mode() != want.Mode() {
		t.Errorf("mode %v, want %v", got.Mode(), want.Mode())
	}
}

func TestApplyLast(t *testing.T) {
	root := module(t, map[string]string{"generated/a/b/Dockerfile": ours(""), "x.cue": ""})
	apply(t, root, compare(t, root, nil, Scope{}))
	if got := names(t, root); got != "x.cue" {
		t.Errorf("left: %s", got)
	}
}

func TestApplyInTheWay(t *testing.T) {
	root := module(t, map[string]string{"generated/a/Dockerfile": "FROM mine\n"})
	before := state(t, root)
	changes := compare(t, root, files("a/Dockerfile", "b/Dockerfile"), Scope{})
	err := Apply(t.Context(), root, changes, Options{})
	noAbsolutePath(t, root, err)
	if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "generated/a/Dockerfile") {
		t.Errorf("%v", err)
	}
	same(t, root, before)
	if err := Apply(t.Context(), root, changes, Options{Adopt: true}); err != nil {
		t.Fatal(err)
	}
	if left := kinds(compare(t, root, files("a/Dockerfile", "b/Dockerfile"), Scope{})); left != "" {
		t.Errorf("left: %s", left)
	}
}

// What somebody does to the tree between Compare and Apply is not lost.
func TestApplyChangedMeanwhile(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(t *testing.T, root string)
	}{
		{"edited", func(t *testing.T, root string) { put(t, filepath.Join(root, "edited"), ours("mine")) }},
		{"orphan edited", func(t *testing.T, root string) { put(t, filepath.Join(root, "orphan"), "mine") }},
		{"written", func(t *testing.T, root string) { put(t, filepath.Join(root, "new"), "mine") }},
		{"removed", func(t *testing.T, root string) { os.Remove(filepath.Join(root, "edited")) }},
		{"made a directory", func(t *testing.T, root string) { put(t, filepath.Join(root, "new/x"), "mine") }},
		{"parent made a file", func(t *testing.T, root string) { put(t, filepath.Join(root, "dir"), "mine") }},
		{"parent made a link", func(t *testing.T, root string) { link(t, t.TempDir(), filepath.Join(root, "dir")) }},
		{"made a link", func(t *testing.T, root string) {
			os.Remove(filepath.Join(root, "orphan"))
			link(t, "edited", filepath.Join(root, "orphan"))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := module(t, map[string]string{"generated/edited": ours(""), "generated/orphan": ours("")})
			changes := compare(t, root, files("edited", "new", "dir/new"), Scope{})
			tt.do(t, root)
			before := state(t, root)
			err := Apply(t.Context(), root, changes, Options{})
			noAbsolutePath(t, root, err)
			if !errors.Is(err, errChanged) {
				t.Errorf("%v", err)
			}
			same(t, root, before)
		})
	}
}

// countdown is a context that is cancelled when it is looked at for the n-th time.
type countdown struct {
	context.Context
	n *int
}

func (c countdown) Err() error {
	if *c.n--; *c.n < 0 {
		return context.Canceled
	}
	return nil
}

func TestApplyCancelled(t *testing.T) {
	root := module(t, map[string]string{"generated/edited": ours(""), "generated/orphan": ours("")})
	before := state(t, root)
	changes := compare(t, root, files("a/new", "b/new", "edited"), Scope{})
	for n := 0; ; n++ {
		left := n
		err := Apply(countdown{t.Context(), &left}, root, changes, Options{})
		if err == nil {
			// Before each of the three files, and before the first rename.
			if n != 4 {
				t.Errorf("looked at %d times", n)
			}
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		same(t, root, before)
	}
	if left := kinds(compare(t, root, files("a/new", "b/new", "edited"), Scope{})); left != "" {
		t.Errorf("left: %s", left)
	}
}

func TestApplyWithoutModule(t *testing.T) {
	root := module(t, map[string]string{"file": ""})
	before := state(t, root)
	// A file where the module should be: nothing can be written beside the tree.
	inFile := filepath.Join(filepath.Dir(root), "file", "generated")
	err := Apply(t.Context(), inFile, []Change{{Path: "a", Kind: Missing}}, Options{})
	noAbsolutePath(t, root, err)
	nowhere := filepath.Join(filepath.Dir(root), "nowhere", "generated")
	err = Apply(t.Context(), nowhere, []Change{{Path: "a", Kind: Missing}}, Options{})
	noAbsolutePath(t, root, err)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	err = Apply(t.Context(), root, []Change{{Path: "../a", Kind: Missing}}, Options{})
	if err == nil {
		t.Error("a path outside of the tree is written")
	}
	same(t, root, before)
}
