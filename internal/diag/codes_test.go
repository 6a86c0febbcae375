package diag

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Scripts match codes: each is a slug of its own, named after its constant, and
// documented.
func TestCodes(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	slug := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		name := spec.Names[0].Name
		code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		switch other, twice := seen[code]; {
		case twice:
			t.Errorf("%s and %s are both %q", other, name, code)
		case !slug.MatchString(code):
			t.Errorf("%s is %q, which is no slug", name, code)
		case !strings.HasPrefix(name, "Code"):
			t.Errorf("%s does not start with Code", name)
		case !strings.HasPrefix(spec.Doc.Text(), name+" is "):
			t.Errorf("%s is not documented", name)
		}
		seen[code] = name
		return true
	})
	if len(seen) < 40 {
		t.Errorf("only %d codes were found", len(seen))
	}
}
