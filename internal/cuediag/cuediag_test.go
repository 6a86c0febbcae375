package cuediag

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// root is where the module of the tests is said to be.
func root() string { return filepath.FromSlash("/home/somebody/module") }

// read builds one package of the files, whose paths start at the module's root.
// Those in schema/ are the schema's.
func read(t *testing.T, files map[string]string) (cue.Value, *Positions) {
	t.Helper()
	inst := build.NewContext().NewInstance(root(), nil)
	for _, name := range []string{"schema/schema.cue", "a.cue", "b.cue"} {
		if text, ok := files[name]; ok {
			if err := inst.AddFile(filepath.Join(root(), filepath.FromSlash(name)), text); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := inst.Complete(); err != nil {
		t.Fatal(err)
	}
	positions := NewPositions(root(),
		func(file string) bool { return strings.HasPrefix(file, "schema/") },
		func(file string) ([]byte, bool) { text, ok := files[file]; return []byte(text), ok })
	return cuecontext.New().BuildInstance(inst), positions
}

// describe is a finding as text: its place, what it says, and below that what
// else there is.
func describe(list diag.List) string {
	var lines []string
	for _, d := range list {
		lines = append(lines, fmt.Sprintf("%s %s: %s", place(d.Span), d.Code, d.Message))
		for _, r := range d.Related {
			lines = append(lines, fmt.Sprintf("  %s %s", place(r.Span), r.Label))
		}
		for _, note := range d.Notes {
			lines = append(lines, "  note: "+note)
		}
		if d.Help != "" {
			lines = append(lines, "  help: "+d.Help)
		}
	}
	return strings.Join(lines, "\n")
}

// place is a span with its end: "a.cue:3:1-3:8".
func place(s source.Span) string {
	text := s.String()
	if s.EndLine > 0 {
		text += fmt.Sprintf("-%d:%d", s.EndLine, s.EndColumn)
	}
	return text
}
