package compile

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
)

// module is a module on disk with files, below a directory of that name.
func module(t testing.TB, name string, files map[string]string) *load.Module {
	t.Helper()
	root := filepath.Join(t.TempDir(), name)
	write := func(file, text string) {
		path := filepath.Join(root, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("cue.mod/module.cue", "module: \"example.com/m@v0\"\nlanguage: version: \"v0.17.0\"\n")
	for file, text := range files {
		write(file, text)
	}
	m, problem := load.FindModule(root)
	if problem != nil {
		t.Fatal(problem.Message)
	}
	return m
}

// run compiles a whole module.
func run(t *testing.T, m *load.Module) Result { return Run(t.Context(), m, Request{}) }

// repository is the module of the repository itself.
func repository(tb testing.TB) *load.Module {
	tb.Helper()
	m, problem := load.FindModule("../..")
	if problem != nil {
		tb.Fatal(problem.Message)
	}
	return m
}

// one is a module with one stack in one file.
func one(t *testing.T, text string) *load.Module {
	t.Helper()
	return module(t, "m", map[string]string{"stages/app/app.cue": head("app") + text})
}

func head(pkg string) string { return "package " + pkg + "\n\nimport \"stagecue.dev/schema\"\n\n" }

// printed are the files of a result, one after the other.
func printed(t *testing.T, r Result) string {
	t.Helper()
	if len(r.Findings) > 0 {
		t.Fatal(brief(r.Findings))
	}
	var b strings.Builder
	for _, f := range r.Files {
		fmt.Fprintf(&b, "==> %s (%s: %s)\n%s", f.Path, f.Stack, f.Variant, f.Text)
	}
	return b.String()
}

// brief is a line for each finding, with its notes and help.
func brief(list diag.List) string {
	var lines []string
	for _, d := range list {
		lines = append(lines, fmt.Sprintf("%s: %s: %s", d.Span, d.Code, d.Message))
		for _, note := range d.Notes {
			lines = append(lines, "  note: "+note)
		}
		if d.Help != "" {
			lines = append(lines, "  help: "+d.Help)
		}
	}
	return strings.Join(lines, "\n")
}

// What is stopped says so, and its files are not to be written.
func TestCancelled(t *testing.T) {
	m := module(t, "m", shuffled(0))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := Run(ctx, m, Request{})
	if got, want := brief(r.Findings), ": io: stopped: context canceled"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
