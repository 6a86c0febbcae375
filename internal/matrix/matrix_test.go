package matrix

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
)

// build makes a matrix of a stack's text, in which CUE finds no error.
func build(text string) (*Matrix, diag.List, error) {
	root := filepath.FromSlash("/module")
	value := cuecontext.New().CompileString(text, cue.Filename(filepath.Join(root, "a.cue")))
	if err := value.Validate(); err != nil {
		return nil, nil, err
	}
	read := func(string) ([]byte, bool) { return []byte(text), true }
	m, list := New(value, cuediag.NewPositions(root, func(string) bool { return false }, read), nil)
	return m, list, nil
}

// mustBuild makes a matrix in which nothing is wrong.
func mustBuild(tb testing.TB, text string) *Matrix {
	tb.Helper()
	m, list, err := build(text)
	if err != nil || len(list) > 0 {
		tb.Fatalf("%v\n%s", err, brief(list))
	}
	return m
}

// variants are the supported combinations, a line each.
func variants(tb testing.TB, m *Matrix) string {
	tb.Helper()
	all, list := m.Variants()
	if len(list) > 0 {
		tb.Fatalf("findings:\n%s", brief(list))
	}
	lines := make([]string, len(all))
	for i, v := range all {
		lines[i] = v.String()
	}
	return strings.Join(lines, "\n")
}

// brief is a line for each finding.
func brief(list diag.List) string {
	var lines []string
	for _, d := range list.Sorted() {
		line := fmt.Sprintf("%d:%d %s: %s", d.Span.Line, d.Span.Column, d.Code, d.Message)
		if d.Help != "" {
			line += " (" + d.Help + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
