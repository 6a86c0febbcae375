package load

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
)

const moduleText = "module: \"example.com/m@v0\"\nlanguage: version: \"v0.17.0\"\n"

// stackText is a stack with nothing wrong in it.
const stackText = `

import "stagecue.dev/schema"

stages: schema.#Stages & {a: from: "debian:12"}
dockerfile: schema.#Dockerfile & {path: "x", targets: a: {}}
`

// write makes a directory with files.
func write(t testing.TB, files map[string]string) string {
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
	return root
}

// open makes a module of files; its own is added.
func open(t testing.TB, files map[string]string) *Module {
	t.Helper()
	all := map[string]string{moduleFile: moduleText}
	for name, text := range files {
		all[name] = text
	}
	m, problem := FindModule(write(t, all))
	if problem != nil {
		t.Fatal(describe(*problem))
	}
	return m
}

// describe is a line for each finding, with its help.
func describe(list ...diag.Diagnostic) string {
	var lines []string
	for _, d := range list {
		line := fmt.Sprintf("%s %s: %s", d.Span, d.Code, d.Message)
		if d.Help != "" {
			line += " (" + d.Help + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
