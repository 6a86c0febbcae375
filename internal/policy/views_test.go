package policy

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"

	"stagecue.dev/internal/summary"
)

// fieldsOf are the fields of a definition of schema/views.cue, those that it
// embeds included. Each must be documented, alone or with those above it.
func fieldsOf(t *testing.T, file *ast.File, name string) []string {
	t.Helper()
	var out []string
	for _, decl := range file.Decls {
		field, ok := decl.(*ast.Field)
		if !ok {
			continue
		}
		if label, _, _ := ast.LabelName(field.Label); label != name {
			continue
		}
		for _, elt := range field.Value.(*ast.StructLit).Elts {
			switch elt := elt.(type) {
			case *ast.EmbedDecl:
				out = append(out, fieldsOf(t, file, elt.Expr.(*ast.Ident).Name)...)
			case *ast.Field:
				label, _, err := ast.LabelName(elt.Label)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, label)
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("no %s", name)
	}
	return out
}

// The schema, the compiler and the page of the documentation know the same
// facts.
func TestViews(t *testing.T) {
	file, err := parser.ParseFile("../../schema/views.cue", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/policies.md")
	if err != nil {
		t.Fatal(err)
	}
	same := func(what string, got, want []string) {
		t.Helper()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v\nin the schema: %v", what, got, want)
		}
	}
	same("target", summary.Names("target"), fieldsOf(t, file, "#TargetView"))
	same("stage", summary.Names("stage"), fieldsOf(t, file, "#StageView"))
	same("step", summary.Names("step"), fieldsOf(t, file, "#StepView"))
	for heading, name := range map[string]string{
		"Facts of images": "#ImageView", "Facts of steps": "#StepView", "Facts of mounts": "#MountView", "Facts of healthchecks": "#HealthcheckView",
	} {
		same("docs: "+heading, documented(string(page), heading), fieldsOf(t, file, name))
	}
	image := fieldsOf(t, file, "#ImageView")
	for heading, name := range map[string]string{"Facts of targets": "#TargetView", "Facts of stages": "#StageView"} {
		own := slices.DeleteFunc(fieldsOf(t, file, name), func(f string) bool { return slices.Contains(image, f) })
		same("docs: "+heading, documented(string(page), heading), own)
	}
}

// documented are the names in the first column of the table below a heading.
func documented(page, heading string) []string {
	_, section, _ := strings.Cut(page, "\n### "+heading+"\n")
	section, _, _ = strings.Cut(section, "\n#")
	var out []string
	for _, line := range strings.Split(section, "\n") {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cell, _, _ := strings.Cut(line[1:], "|")
		for _, m := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(cell, -1) {
			out = append(out, m[1])
		}
	}
	return out
}
