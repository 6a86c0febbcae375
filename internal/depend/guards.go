package depend

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// A guard is what some elements of a list stand under: `if` before anything else.
type guard struct {
	// text is the same for guards that are written alike.
	text string
	// expr is a copy of the condition, for the top level of the stack.
	expr ast.Expr
}

// guards takes apart the conditions of elements that stand under the same one.
// It is false for others, and for conditions that mean something else at the
// top level of the stack.
func (g *Graph) guards(elts []ast.Expr) (guard, []*ast.IfClause, bool) {
	var common guard
	var clauses []*ast.IfClause
	for i, elt := range elts {
		c, ok := elt.(*ast.Comprehension)
		if !ok {
			return guard{}, nil, false
		}
		own, ifs, ok := g.guardOf(c)
		if !ok || i > 0 && own.text != common.text {
			return guard{}, nil, false
		}
		common, clauses = own, append(clauses, ifs...)
	}
	return common, clauses, len(clauses) > 0
}

func (g *Graph) guardOf(c *ast.Comprehension) (guard, []*ast.IfClause, bool) {
	var out guard
	var clauses []*ast.IfClause
	for _, clause := range c.Clauses {
		clause, ok := clause.(*ast.IfClause)
		if !ok {
			break
		}
		var text strings.Builder
		condition, ok := g.copyOf(clause.Condition, &text)
		if !ok {
			return guard{}, nil, false
		}
		if out.expr == nil {
			out.expr = condition
		} else {
			out.expr = ast.NewBinExpr(token.LAND, &ast.ParenExpr{X: out.expr}, &ast.ParenExpr{X: condition})
		}
		out.text += "if " + text.String() + " "
		clauses = append(clauses, clause)
	}
	return out, clauses, len(clauses) > 0
}

// copyOf copies an expression that refers to nothing but fields of the stack
// itself, and writes down what it is.
func (g *Graph) copyOf(e ast.Expr, text *strings.Builder) (ast.Expr, bool) {
	switch e := e.(type) {
	case *ast.Ident:
		text.WriteString(e.Name)
		p := g.paths[e.Node]
		return ast.NewIdent(e.Name), g.roots[e.Name] != nil && (e.Node == nil || len(p) == 1 && p[0] == e.Name)
	case *ast.BasicLit:
		text.WriteString(e.Value)
		return e, true
	case *ast.ParenExpr:
		text.WriteByte('(')
		x, ok := g.copyOf(e.X, text)
		text.WriteByte(')')
		return &ast.ParenExpr{X: x}, ok
	case *ast.UnaryExpr:
		text.WriteString(e.Op.String())
		x, ok := g.copyOf(e.X, text)
		return &ast.UnaryExpr{Op: e.Op, X: x}, ok
	case *ast.BinaryExpr:
		x, ok := g.copyOf(e.X, text)
		text.WriteString(" " + e.Op.String() + " ")
		y, also := g.copyOf(e.Y, text)
		return ast.NewBinExpr(e.Op, x, y), ok && also
	case *ast.SelectorExpr:
		x, ok := g.copyOf(e.X, text)
		name, isIdent, err := ast.LabelName(e.Sel)
		text.WriteString("." + plain(name, isIdent))
		return &ast.SelectorExpr{X: x, Sel: e.Sel}, ok && err == nil
	}
	return nil, false
}

// guarded has a part stand under a condition that is a constant of it, and that
// holds: the clauses need not be looked at.
func (c *closure) guarded(elts []ast.Expr) {
	found, clauses, ok := c.g.guards(elts)
	if !ok || c.g.refused[found.text] {
		return
	}
	inner := newClosure(c.g, nil)
	inner.walk(found.expr)
	part, ok := inner.part()
	if !ok {
		return
	}
	c.guard = &Constant{Condition: found.text, Expr: found.expr, Part: part}
	for _, clause := range clauses {
		c.holds[clause] = true
	}
	c.know(part)
}

// condition is the text of the guard.
func (p Part) condition() string {
	if p.Guard == nil {
		return ""
	}
	return p.Guard.Condition
}
