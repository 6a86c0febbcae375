package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stagecue.dev/schema"
)

// The root is the nearest directory upwards with a module file.
func TestRoot(t *testing.T) {
	dir := write(t, map[string]string{
		moduleFile:                    moduleText,
		"stages/app/app.cue":          "package app",
		"vendored/" + moduleFile:      moduleText,
		"vendored/stages/app/app.cue": "package app",
		"file":                        "",
	})
	for from, want := range map[string]string{
		".": ".", "stages/app": ".", "stages/nowhere": ".", "vendored/stages": "vendored", "cue.mod": ".", "file": ".",
	} {
		root, found, err := Root(filepath.Join(dir, from))
		if err != nil || !found || root != filepath.Join(dir, want) {
			t.Errorf("from %s: %s, %v, %v, want %s", from, root, found, err, want)
		}
	}
	if root, found, err := Root(t.TempDir()); found || err != nil {
		t.Errorf("a directory in no module: %s, %v", root, err)
	}
}

func TestFindModule(t *testing.T) {
	for _, tt := range []struct {
		name, file, want string
	}{
		{"fine", moduleText, ""},
		{"empty", "", "cue.mod/module.cue"},
		{"no CUE", "module: ]", "cue.mod/module.cue:1:9 cue-load: "},
		{"no name", "language: version: \"v0.17.0\"", "cue.mod/module.cue"},
		{"a bad name", "module: \"Example .com\"\nlanguage: version: \"v0.17.0\"", "cue.mod/module.cue"},
		{"a version from the future", "module: \"example.com/m@v0\"\nlanguage: version: \"v9.0.0\"", "cue.mod/module.cue"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, problem := FindModule(write(t, map[string]string{moduleFile: tt.file}))
			switch {
			case problem == nil && tt.want != "":
				t.Error("nothing is wrong with it")
			case problem != nil && (tt.want == "" || !strings.HasPrefix(describe(*problem), tt.want)):
				t.Errorf("got %s, want %s", describe(*problem), tt.want)
			case problem != nil && (problem.Message == "" || strings.Contains(problem.Message, os.TempDir())):
				t.Errorf("the message is %q", problem.Message)
			}
		})
	}
	_, problem := FindModule(t.TempDir())
	want := " no-module: there is no CUE module here: no directory up from this one holds cue.mod/module.cue (run `stagecue init` in the directory that is to become the module's root)"
	if got := describe(*problem); got != want {
		t.Errorf("got %s", got)
	}
}

// A schema on disk must be the tool's own, whatever its line ends; where there
// is none, the tool's own is laid over.
func TestSchema(t *testing.T) {
	own := map[string]string{moduleFile: moduleText}
	names, err := schema.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range names {
		text, err := schema.Files.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		own[schemaInPkg+"/"+entry.Name()] = string(text)
	}
	const first = schemaInPkg + "/dockerfile.cue"
	for _, tt := range []struct {
		name   string
		change func(files map[string]string)
		want   string
	}{
		{"the same", func(map[string]string) {}, ""},
		{"other line ends", func(files map[string]string) { files[first] = strings.ReplaceAll(files[first], "\n", "\r\n") }, ""},
		{"a file of another kind", func(files map[string]string) { files[schemaInPkg+"/README.md"] = "x" }, ""},
		{"none", func(files map[string]string) { clear(files); files[moduleFile] = moduleText }, ""},
		{"an edited file", func(files map[string]string) { files[first] += "\n" }, first},
		{"a missing file", func(files map[string]string) { delete(files, first) }, first},
		{"a file more", func(files map[string]string) { files[schemaInPkg+"/zz.cue"] = "package schema" }, schemaInPkg + "/zz.cue"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{}
			for name, text := range own {
				files[name] = text
			}
			tt.change(files)
			files["stages/app/app.cue"] = "package app" + stackText
			m, problem := FindModule(write(t, files))
			if tt.want != "" {
				want := tt.want + " schema-mismatch: the schema in the module is not the one that this version of stagecue understands " +
					"(remove the directory cue.mod/pkg/stagecue.dev/schema and run `stagecue init`, which writes it anew)"
				if problem == nil || describe(*problem) != want {
					t.Errorf("got %+v, want %s", problem, want)
				}
				return
			}
			if problem != nil {
				t.Fatal(describe(*problem))
			}
			if stacks, list := m.Load(nil); len(stacks) != 1 || len(list) > 0 {
				t.Errorf("%d stacks: %s", len(stacks), describe(list...))
			}
			if text, ok := m.Source(first); !ok || !strings.Contains(string(text), "package schema") {
				t.Errorf("the schema has no source: %q", text)
			}
			if !m.isSchema(first) || m.isSchema("stages/app/app.cue") || m.isSchema(schemaInPkg+"/sub/x.cue") {
				t.Error("the schema's files are not told from others")
			}
		})
	}
}

// The module that the schema belongs to has it in its own directory.
func TestOwnModule(t *testing.T) {
	m, problem := FindModule("../..")
	if problem != nil {
		t.Fatal(describe(*problem))
	}
	if !m.isSchema("schema/dockerfile.cue") || len(m.builtIn) > 0 {
		t.Errorf("the schema is not the repository's own: %v", m.schemaDir)
	}
}
