package depend

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// isLiteral tells whether a field is as plain as it can be.
func isLiteral(exprs, constraints []ast.Expr) bool {
	if len(exprs) != 1 || len(constraints) > 0 {
		return false
	}
	_, ok := exprs[0].(*ast.BasicLit)
	return ok
}

// isTemplate tells whether an expression is for others to complete.
func isTemplate(e ast.Expr) bool {
	return slices.ContainsFunc(literals(e), func(lit *ast.StructLit) bool {
		return slices.ContainsFunc(lit.Elts, func(d ast.Decl) bool {
			f, ok := d.(*ast.Field)
			return ok && f.Constraint == token.NOT
		})
	})
}

// isComposite tells whether an expression can only be a struct or list.
func isComposite(e ast.Expr) bool {
	_, list := e.(*ast.ListLit)
	return list || len(literals(e)) > 0
}

// impure tells whether a piece of syntax makes more than data: whether what it
// makes may say what a struct or list that it is unified with is to be. What it
// says of scalars does not matter, since nothing is unified with a scalar but
// the same one.
func impure(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ellipsis:
		return true
	case *ast.Field:
		name, ok := label(n)
		return n.Constraint == token.OPTION || isPattern(n) || ok && (name[0] == '#' || name[0] == '_')
	case *ast.BinaryExpr:
		return n.Op == token.OR && (!isStatic(n.X) || !isStatic(n.Y))
	}
	return false
}

// pure tells whether what an identifier refers to makes nothing but data, as
// far as that is not seen where it is written.
func (c *closure) pure(n *ast.Ident) bool {
	switch node := n.Node.(type) {
	case nil:
		return c.g.roots[n.Name] != nil || isType(n.Name) || isFunction(n.Name)
	case *ast.ImportSpec:
		return !strings.Contains(node.Path.Value, ".") && node.Path.Value != `"struct"`
	}
	return true
}

// isFunction tells whether a name is a function of CUE's that makes a scalar.
func isFunction(name string) bool {
	switch name {
	case "len", "div", "mod", "quo", "rem":
		return true
	}
	return false
}
