package load

import (
	"strings"

	"cuelang.org/go/cue/ast"

	"stagecue.dev/internal/depend"
)

// prelude is a file that fills the variant in. What has more to it than a
// scalar is referred to, so that it is all that it is in axes.
//
// It names the helpers first: CUE evaluates fields in the order in which it
// meets them, and v0.17.1 takes some of those that a helper looks up in a table
// for undefined where a stage asks for them before the table is evaluated.
func prelude(pkg string, part depend.Part, facts []depend.Fact, given []depend.Given, more []ast.Decl) *ast.File {
	file := &ast.File{Decls: append([]ast.Decl{&ast.Package{Name: ast.NewIdent(pkg)}}, more...)}
	for _, g := range given {
		value := g.Value
		for i := len(g.Path) - 1; i > 0; i-- {
			value = ast.NewStruct(&ast.Field{Label: fieldLabel(g.Path[i]), Value: value})
		}
		file.Decls = append(file.Decls, &ast.Field{Label: ast.NewIdent(depend.Alias(g.Path[0])), Value: value})
	}
	for _, name := range part.Helpers() {
		file.Decls = append(file.Decls, &ast.Field{Label: ast.NewIdent(name), Value: ast.NewIdent("_")})
	}
	for _, f := range facts {
		value := f.Literal
		if value == nil {
			value = index(ast.NewIdent("axes"), f.Axis, f.Value)
			if f.Fact != "" {
				value = index(value, f.Fact)
			}
		}
		if f.Fact != "" {
			value = ast.NewStruct(&ast.Field{Label: ast.NewString(f.Fact), Value: value})
		}
		file.Decls = append(file.Decls, &ast.Field{
			Label: ast.NewIdent("variant"),
			Value: ast.NewStruct(&ast.Field{Label: ast.NewString(f.Axis), Value: value}),
		})
	}
	return file
}

// fieldLabel is a label of the path of a constant.
func fieldLabel(name string) ast.Label {
	if name[0] == '#' || name[0] == '_' {
		return ast.NewIdent(name)
	}
	return ast.NewString(strings.TrimPrefix(name, `"`))
}

func index(x ast.Expr, names ...string) ast.Expr {
	for _, name := range names {
		x = &ast.IndexExpr{X: x, Index: ast.NewString(name)}
	}
	return x
}
