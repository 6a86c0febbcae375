package testscripts

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
	"golang.org/x/tools/txtar"

	"stagecue.dev/schema"
)

// places are the definitions of the schema that a user fills in, with the
// paths in a stack that are theirs.
var places = map[string]string{
	"#Stages":      `stages`,
	"#Stage":       `stages\.\w+`,
	"#step":        `stages\.\w+\.steps`,
	"#Instruction": `stages\.\w+\.steps`,
	"#StepCheck":   `.+\.check`,
	"#Healthcheck": `.+\.healthcheck`,
	"#Mount":       `.+\.mounts`,
	"#Copy":        `.+\.copy`,
	"#Add":         `.+\.add`,
	"#Dockerfile":  `dockerfile`,
	"#Target":      `dockerfile\.targets\.\w+`,
	"#Parent":      `stages\.\w+\.parent`,
	"#Arg":         `dockerfile\.args\.\w+`,
	"#Input":       `dockerfile\.inputs\.\w+`,
	"#Context":     `dockerfile\.context`,
	"#Install":     `.+\.install`,
	"#Pip":         `.+\.pip`,
	"#Uv":          `.+\.uv`,
	"#Download":    `.+\.download`,
	"#GitCheckout": `.+\.git_checkout`,
	"#UserAdd":     `.+\.user_add`,
}

// TestLanguageFields makes sure that the scripts which compile stacks use every
// field of the schema: that whatever a Dockerfile can say can be said in CUE.
func TestLanguageFields(t *testing.T) {
	used := usedPaths(t)
	for _, file := range schemaFiles(t) {
		eachDefinition(file.Decls, func(name string, body *ast.StructLit) {
			place, ok := places[name]
			if !ok {
				return
			}
			for _, field := range fieldsOf(body) {
				path := regexp.MustCompile(`^` + place + `\.` + regexp.QuoteMeta(field) + `$`)
				if !matchesAny(path, used) {
					t.Errorf("no script compiles a stack that has the field %q of %s", field, name)
				}
			}
		})
	}
}

func matchesAny(re *regexp.Regexp, paths map[string]bool) bool {
	for p := range paths {
		if re.MatchString(p) {
			return true
		}
	}
	return false
}

// usedPaths are the paths of all fields in the stacks of the scripts, without
// the indices of lists.
func usedPaths(t *testing.T) map[string]bool {
	scripts, err := filepath.Glob("gen_*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatal("there are no scripts: ", err)
	}
	used := map[string]bool{}
	for _, name := range scripts {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if file, err := parser.ParseFile(f.Name, f.Data); err == nil && strings.HasSuffix(f.Name, ".cue") {
				walk(file.Decls, nil, used)
			}
		}
	}
	return used
}

// walk collects the paths of fields.
func walk(decls []ast.Decl, path []string, used map[string]bool) {
	for _, d := range decls {
		ast.Walk(d, func(n ast.Node) bool {
			field, ok := n.(*ast.Field)
			if !ok {
				return true
			}
			inner := append(append([]string{}, path...), labelOf(field))
			used[strings.Join(inner, ".")] = true
			walk([]ast.Decl{&ast.EmbedDecl{Expr: field.Value}}, inner, used)
			return false
		}, nil)
	}
}

func labelOf(f *ast.Field) string {
	switch l := f.Label.(type) {
	case *ast.Ident:
		return l.Name
	case *ast.BasicLit:
		if s, err := strconv.Unquote(l.Value); err == nil {
			return s
		}
	case *ast.ListLit:
		// ["copy"] is an optional field.
		if len(l.Elts) == 1 {
			if lit, ok := l.Elts[0].(*ast.BasicLit); ok {
				return labelOf(&ast.Field{Label: lit})
			}
		}
	}
	return ""
}

func schemaFiles(t *testing.T) (files []*ast.File) {
	t.Helper()
	names, err := fs.Glob(schema.Files, "*.cue")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := schema.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(name, data)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// eachDefinition visits the definitions of a file, inner ones too.
func eachDefinition(decls []ast.Decl, visit func(name string, body *ast.StructLit)) {
	for _, d := range decls {
		if f, ok := d.(*ast.Field); ok {
			if body, ok := f.Value.(*ast.StructLit); ok {
				visit(labelOf(f), body)
				eachDefinition(body.Elts, visit)
			}
		}
	}
}

// fieldsOf are the names of the fields that a definition offers.
func fieldsOf(body *ast.StructLit) (names []string) {
	for _, d := range body.Elts {
		if f, ok := d.(*ast.Field); ok {
			switch name := labelOf(f); {
			case name == "", name[0] == '#', name[0] == '_':
			case name == "name" && f.Constraint == token.ILLEGAL, name == "expand":
				// What the schema itself fills in.
			default:
				names = append(names, name)
			}
		}
	}
	return names
}
