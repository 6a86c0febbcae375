package scaffold

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/schema"
)

// files are the paths below a directory.
func files(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		out = append(out, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func put(t *testing.T, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A module needs its file, the schema and a first stack; once there, nothing.
func TestInit(t *testing.T) {
	root := filepath.Join(t.TempDir(), "not", "there")
	written, err := Init(root, "")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"cue.mod/module.cue", "stages/hello/hello.cue"}
	names, err := fs.Glob(schema.Files, "*.cue")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		path := schemaDir + "/" + name
		want = append(want, path)
		embedded, err := schema.Files.ReadFile(name)
		if err != nil || text(t, filepath.Join(root, path)) != string(embedded) {
			t.Errorf("%s is not the embedded schema: %v", path, err)
		}
	}
	slices.Sort(want)
	slices.Sort(written)
	if !slices.Equal(written, want) || !slices.Equal(files(t, root), want) {
		t.Errorf("written: %q, want %q", written, want)
	}
	if written, err := Init(root, "example.com/other"); len(written) > 0 || err != nil {
		t.Errorf("the second time: %q, %v", written, err)
	}
}

func TestInitName(t *testing.T) {
	for name, want := range map[string]string{
		"": "cue.example@v0", "example.com/images": "example.com/images@v0", "example.com/images@v2": "example.com/images@v2",
	} {
		root := t.TempDir()
		if _, err := Init(root, name); err != nil {
			t.Fatal(err)
		}
		got := text(t, filepath.Join(root, "cue.mod", "module.cue"))
		if want := "module: \"" + want + "\"\nlanguage: {\n\tversion: \"v0.17.0\"\n}\n"; got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

// What is there stays as it is, and a module that has stages gets no example.
func TestInitExisting(t *testing.T) {
	root := t.TempDir()
	mine := map[string]string{
		"cue.mod/module.cue": "module: \"mine.example\"\n", "stages/app/app.cue": "package app\n", schemaDir + "/dockerfile.cue": "// edited\n",
	}
	for name, data := range mine {
		put(t, filepath.Join(root, name), data)
	}
	written, err := Init(root, "example.com/other")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range mine {
		if text(t, filepath.Join(root, name)) != data || slices.Contains(written, name) {
			t.Errorf("%s was overwritten", name)
		}
	}
	if slices.ContainsFunc(written, func(name string) bool { return !strings.HasPrefix(name, schemaDir+"/") }) {
		t.Errorf("written: %q", written)
	}
}

// An error names the file by its path in the module, and what was written
// before it is told.
func TestInitFails(t *testing.T) {
	root := t.TempDir()
	put(t, filepath.Join(root, "cue.mod", "pkg"), "a file where a directory is to be")
	written, err := Init(root, "")
	if err == nil || !strings.HasPrefix(err.Error(), schemaDir+"/") || strings.Contains(err.Error(), root) {
		t.Errorf("got %v", err)
	}
	if !slices.Equal(written, []string{"cue.mod/module.cue"}) {
		t.Errorf("written: %q", written)
	}
}
