package cuefmt

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	ugly   = "package a\nx:   1\n"
	pretty = "package a\n\nx: 1\n"
)

// run formats in a module of files. The result is a line for each file that
// would change and for each finding.
func run(t *testing.T, files map[string]string, paths ...string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	result := Run(root, paths)
	var lines []string
	for _, f := range result.Files {
		if text, ok := result.Source(f.Path); !ok || string(text) != files[f.Path] {
			t.Errorf("the source of %s is %q", f.Path, text)
		}
		if string(f.Before) != files[f.Path] || string(f.After) != pretty {
			t.Errorf("%s: %q became %q", f.Path, f.Before, f.After)
		}
		lines = append(lines, f.Path)
	}
	for _, d := range result.Findings {
		lines = append(lines, fmt.Sprintf("%s %s: %s", d.Span, d.Code, d.Message))
	}
	for name, want := range files {
		if got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name))); err != nil || string(got) != want {
			t.Errorf("%s was written to: %v", name, err)
		}
	}
	return strings.Join(lines, "\n")
}

func TestRun(t *testing.T) {
	files := map[string]string{
		"a.cue": ugly, "b.cue": pretty, "stages/app/c.cue": ugly, "stages/app/d.txt": ugly,
		"cue.mod/pkg/x/e.cue": ugly, ".git/f.cue": ugly, "_draft/g.cue": ugly, "stages/_h.cue": ugly,
	}
	for _, tt := range []struct{ paths, want string }{
		{"", "a.cue\nstages/_h.cue\nstages/app/c.cue"},
		{".", "a.cue\nstages/_h.cue\nstages/app/c.cue"},
		{"stages/app", "stages/app/c.cue"},
		{"a.cue b.cue a.cue", "a.cue"},
		{"stages/app stages", "stages/app/c.cue\nstages/_h.cue"},
		// What is named is meant, whatever its name is.
		{"_draft .git cue.mod", "_draft/g.cue\n.git/f.cue\ncue.mod/pkg/x/e.cue"},
		{"nowhere", "nowhere io: cannot read: no such file or directory"},
		{"nowhere a.cue", "a.cue\nnowhere io: cannot read: no such file or directory"},
		{"stages/app/d.txt", "stages/app/d.txt io: cannot read: its name does not end in .cue"},
	} {
		if got := run(t, files, strings.Fields(tt.paths)...); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.paths, got, tt.want)
		}
	}
}

// A file that does not parse is told, and the others are formatted.
func TestSyntaxError(t *testing.T) {
	got := run(t, map[string]string{"a.cue": "package a\n\nx: ]\n", "b.cue": ugly})
	if want := "b.cue\na.cue:3:4 cue-syntax: expected operand, found ']'"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Comments stay, and what is formatted stays as it is.
func TestStable(t *testing.T) {
	const text = "// a licence\n\n// Package a is one.\npackage a\n\n// x is one.\nx: 1 // it is\n\ny: {\n\t// nothing\n}\n"
	if got := run(t, map[string]string{"a.cue": text}); got != "" {
		t.Errorf("it would change: %s", got)
	}
}
