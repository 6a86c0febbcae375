package compile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"stagecue.dev/internal/load"
)

// TestMemoOfScripts compiles the stacks of all scripts both ways: what they are
// about, faults of all kinds, policies, conditions and library steps, must not
// depend on projections.
func TestMemoOfScripts(t *testing.T) {
	scripts, err := filepath.Glob("../../testscripts/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	compiled, faulty := 0, 0
	for _, script := range scripts {
		m := scriptModule(t, script)
		if m == nil {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(script), ".txtar"), func(t *testing.T) {
			compiled++
			if r := same(t, m); r.Findings.Errors() > 0 {
				faulty++
			}
		})
	}
	t.Logf("%d modules, %d with errors", compiled, faulty)
	if compiled < 100 || faulty < 50 {
		t.Errorf("%d modules, %d with errors: too few to show anything", compiled, faulty)
	}
}

// scriptModule is the module that the files of a script are, nil for a script
// that has none, or one that is too large to be compiled variant by variant.
func scriptModule(t *testing.T, script string) *load.Module {
	t.Helper()
	data, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	files, stacks := map[string]string{}, false
	for _, f := range txtar.Parse(data).Files {
		if strings.HasPrefix(f.Name, "stages/") && strings.HasSuffix(f.Name, ".cue") {
			stacks = true
		}
		files[f.Name] = string(f.Data)
	}
	if !stacks || strings.Contains(filepath.Base(script), "huge") || strings.Contains(filepath.Base(script), "large") {
		return nil
	}
	root := t.TempDir()
	if files["cue.mod/module.cue"] == "" {
		files["cue.mod/module.cue"] = "module: \"example.com/m@v0\"\nlanguage: version: \"v0.17.0\"\n"
	}
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return nil // a script about files in each other's way
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			return nil
		}
	}
	m, problem := load.FindModule(root)
	if problem != nil {
		return nil
	}
	return m
}
