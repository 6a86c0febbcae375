package dockerfile

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"golang.org/x/tools/txtar"
)

// TestForms writes each form of the language, and reads it back.
func TestForms(t *testing.T) {
	for _, f := range slices.Concat(forms(), flagForms()) {
		t.Run(f.name, func(t *testing.T) {
			for _, p := range Validate(&f.file) {
				t.Errorf("refused: %+v", p)
			}
			text, _ := Emit(&f.file)
			if err := Verify(&f.file, text); err != nil {
				t.Error(err)
			}
			if err := counts(&f.file, text); err != nil {
				t.Error(err)
			}
			if !strings.Contains("\n"+string(text), "\n"+f.want) {
				t.Errorf("want\n%s\nin\n%s", f.want, text)
			}
		})
	}
}

// TestTriggers writes each form of an instruction as a trigger, too.
func TestTriggers(t *testing.T) {
	for _, f := range slices.Concat(forms(), flagForms()) {
		steps := f.file.Stages[0].Steps
		if len(steps) != 1 {
			continue
		}
		i := steps[0].Instruction
		if _, trigger := i.(OnBuild); trigger || len(f.want) > 50000 {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			file := of(OnBuild{Instruction: i})
			if !holds(t, new(Memo), &file) {
				t.Errorf("refused: %+v", Validate(&file))
			}
		})
	}
}

// TestLanguage holds what the forms are made of against all that BuildKit
// knows, and so the scripts that have all of it in CUE.
func TestLanguage(t *testing.T) {
	var known []string
	for _, a := range absences() {
		known = append(known, a.term)
	}
	all := slices.DeleteFunc(spoken(t), func(term string) bool { return slices.Contains(known, term) })
	if len(all) < 60 {
		t.Errorf("BuildKit's source has %d terms only: %q", len(all), all)
	}
	var written []string
	for _, f := range slices.Concat(forms(), flagForms()) {
		text, _ := Emit(&f.file)
		written = append(written, terms(t, text)...)
	}
	compiled := compiledTerms(t)
	for _, term := range all {
		if !slices.Contains(written, term) {
			t.Errorf("%s: no form has it; add one to forms_test.go, or say in absences_test.go why not", term)
		}
		if !slices.Contains(compiled, term) {
			t.Errorf("%s: no testscripts/gen_language*.txtar compiles it from CUE", term)
		}
	}
}

// compiledTerms are the terms of the Dockerfiles that scripts compile.
func compiledTerms(t *testing.T) (out []string) {
	scripts, err := filepath.Glob(filepath.FromSlash("../../testscripts/gen_language*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range scripts {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasPrefix(file.Name, "want") {
				out = append(out, terms(t, file.Data)...)
			}
		}
	}
	return out
}

// terms are those of spoken that a Dockerfile has.
func terms(t *testing.T, text []byte) (out []string) {
	t.Helper()
	directives, err := (&parser.DirectiveParser{}).ParseAll(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range directives {
		out = append(out, "# "+d.Name)
	}
	result, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, node := range result.AST.Children {
		out = append(out, node.Value)
		if node.Value == "ONBUILD" {
			node = node.Next.Children[0]
		}
		for _, f := range node.Flags {
			name, value, _ := strings.Cut(f, "=")
			out = append(out, node.Value+" "+name, node.Value+" "+f)
			if name != "--mount" {
				continue
			}
			fields, err := csv.NewReader(strings.NewReader(value)).Read()
			if err != nil {
				t.Fatal(err)
			}
			for _, field := range fields {
				key, _, _ := strings.Cut(field, "=")
				out = append(out, "mount "+key, "mount "+field)
			}
		}
	}
	return out
}
