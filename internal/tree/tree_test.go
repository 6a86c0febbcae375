package tree

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stagecue.dev/internal/header"
	"stagecue.dev/internal/rope"
)

// ours is a file of ours with some text in it.
func ours(text string) string { return "# " + header.From("stages/app") + "\n" + text + "\n" }

// module makes a module with files, by their paths in it, and returns the root
// of its tree.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		put(t, filepath.Join(dir, name), text)
	}
	return filepath.Join(dir, "generated")
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// files are the wanted files of these paths, each with its path as text.
func files(paths ...string) []File {
	var out []File
	for _, p := range paths {
		out = append(out, File{Path: p, Data: rope.Of(ours(p))})
	}
	return out
}

// state is all that is in the module around a tree: of files the text and when
// they were written, of links where they go, and directories.
func state(t *testing.T, root string) map[string]string {
	t.Helper()
	module := filepath.Dir(root)
	out := map[string]string{}
	err := filepath.WalkDir(module, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == module {
			return err
		}
		rel, _ := filepath.Rel(module, name)
		key := filepath.ToSlash(rel)
		info, err := entry.Info()
		if err != nil {
			return err
		}
		switch {
		case entry.IsDir():
			out[key+"/"] = ""
		case info.Mode().IsRegular():
			data, err := os.ReadFile(name)
			out[key] = info.ModTime().Format(time.RFC3339Nano) + " " + info.Mode().String() + " " + string(data)
			return err
		default:
			out[key] = info.Mode().String()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// same fails unless the module is as it was.
func same(t *testing.T, root string, before map[string]string) {
	t.Helper()
	after := state(t, root)
	if !maps.Equal(before, after) {
		t.Errorf("the module has changed:\n%q\nwas\n%q", after, before)
	}
}

// names are the paths in the module, directories with a slash at the end.
func names(t *testing.T, root string) string {
	t.Helper()
	return strings.Join(slices.Sorted(maps.Keys(state(t, root))), " ")
}

// kinds is a list of changes in short.
func kinds(changes []Change) string {
	var out []string
	for _, c := range changes {
		out = append(out, string(c.Kind)+":"+c.Path)
	}
	return strings.Join(out, " ")
}

func compare(t *testing.T, root string, want []File, scope Scope) []Change {
	t.Helper()
	changes, err := Compare(root, want, scope)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func apply(t *testing.T, root string, changes []Change) {
	t.Helper()
	if err := Apply(context.Background(), root, changes, Options{}); err != nil {
		t.Fatal(err)
	}
}

// noAbsolutePath fails if an error names a path of this machine.
func noAbsolutePath(t *testing.T, root string, err error) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	if strings.Contains(err.Error(), filepath.Dir(root)) || strings.Contains(err.Error(), os.TempDir()) {
		t.Errorf("the error names a path of this machine: %v", err)
	}
}

func hardLink(t *testing.T, root, old, new string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(abs(root, new)), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(abs(root, old), abs(root, new)); err != nil {
		t.Skipf("the file system has no hard links: %v", err)
	}
}
