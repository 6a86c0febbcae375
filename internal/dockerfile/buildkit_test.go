package dockerfile

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/command"
)

// spoken are the terms of the language as BuildKit's own source has them: its
// instructions, their flags, the directives, and the keys and types of mounts.
// A BuildKit that has learned another one makes TestLanguage fail.
func spoken(t *testing.T) []string {
	var terms []string
	for name := range command.Commands {
		terms = append(terms, strings.ToUpper(name))
	}
	eachFunc(t, "instructions", func(f *ast.FuncDecl) {
		ast.Inspect(f, func(n ast.Node) bool {
			if name := addedFlag(n); name != "" {
				terms = append(terms, keywordOf(t, f.Name.Name)+" --"+name)
			}
			if s, ok := n.(*ast.SwitchStmt); ok && f.Name.Name == "parseMount" && isIdent(s.Tag, "key") {
				for _, c := range s.Body.List {
					for _, key := range stringsOf(c.(*ast.CaseClause).List) {
						terms = append(terms, "mount "+key)
					}
				}
			}
			return true
		})
	})
	eachConst(t, "instructions", func(name, value string) {
		for prefix, term := range map[string]string{
			"MountType": "mount type=", "MountSharing": "mount sharing=", "Network": "RUN --network=", "Security": "RUN --security=",
		} {
			if strings.HasPrefix(name, prefix) {
				terms = append(terms, term+value)
			}
		}
	})
	eachConst(t, "parser", func(name, value string) {
		if strings.HasPrefix(name, "key") {
			terms = append(terms, "# "+value)
		}
	})
	slices.Sort(terms)
	return slices.Compact(terms)
}

// addedFlag is the name in a call like flags.AddString("name").
func addedFlag(n ast.Node) string {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return ""
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"AddBool", "AddString", "AddStrings"}, method.Sel.Name) {
		return ""
	}
	return stringsOf(call.Args)[0]
}

// keywordOf is the instruction whose flags a function of BuildKit's declares.
func keywordOf(t *testing.T, function string) string {
	name := strings.ToLower(strings.TrimPrefix(function, "parse"))
	if strings.HasPrefix(function, "run") && strings.HasSuffix(function, "PreHook") {
		name = command.Run
	}
	if _, ok := command.Commands[name]; !ok {
		t.Errorf("BuildKit declares flags in %s, of which this test does not know the instruction", function)
	}
	return strings.ToUpper(name)
}

func stringsOf(list []ast.Expr) (out []string) {
	for _, e := range list {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				out = append(out, s)
			}
		}
	}
	return out
}

func isIdent(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

// eachFunc visits the functions of one of the packages of BuildKit's frontend.
func eachFunc(t *testing.T, pkg string, visit func(*ast.FuncDecl)) {
	for _, file := range source(t, pkg) {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				visit(f)
			}
		}
	}
}

// eachConst visits its constants that are strings.
func eachConst(t *testing.T, pkg string, visit func(name, value string)) {
	for _, file := range source(t, pkg) {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Names) == 1 {
				for _, value := range stringsOf(spec.Values) {
					visit(spec.Names[0].Name, value)
				}
			}
			return true
		})
	}
}

// source is the source of a package, as the module cache has it.
func source(t *testing.T, pkg string) []*ast.File {
	t.Helper()
	found, err := build.Import("github.com/moby/buildkit/frontend/dockerfile/"+pkg, ".", 0)
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), found.Dir+"/"+name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}
