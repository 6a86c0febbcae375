package depend

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// walk follows all references in a piece of syntax.
func (c *closure) walk(n ast.Node) {
	ast.Walk(n, func(n ast.Node) bool {
		c.plain = c.plain && !impure(n)
		switch n := n.(type) {
		case *ast.StructLit:
			return !c.g.library || !c.optional(n)
		case *ast.Field:
			// A plain label is no reference.
			if name, ok := label(n); ok {
				c.names[name] = true
			} else {
				if !isPattern(n) {
					c.compute(n.Label)
				}
				c.walk(n.Label)
			}
			c.walk(n.Value)
			// Aliases of this kind are an experiment of CUE's.
			c.g.opaque = c.g.opaque || n.Alias != nil
			return false
		case *ast.Alias:
			c.walk(n.Expr)
			return false
		case *ast.ForClause:
			c.walk(n.Source)
			return false
		case *ast.IfClause:
			return !c.holds[n]
		case *ast.LetClause:
			// What only names something else counts where it is used.
			if _, _, ok := reference(n.Expr); !ok {
				c.walk(n.Expr)
			}
			return false
		case *ast.SelectorExpr, *ast.IndexExpr:
			return !c.chain(n.(ast.Expr))
		case *ast.Ident:
			c.ident(n, nil)
		case *ast.BinaryExpr:
			c.binary(n)
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && f.Node == nil && (f.Name == "or" || f.Name == "matchN" || f.Name == "matchIf") {
				c.monotonic = false
			}
		case *ast.TryClause, *ast.FallbackClause, *ast.PostfixExpr, *ast.Func, *ast.BadExpr, *ast.BadDecl, *ast.PostfixAlias:
			c.g.opaque = true
		}
		return true
	}, nil)
}

// binary notes what makes a value change although it was complete: a test of
// whether something exists, and a choice between values that depend on others.
func (c *closure) binary(e *ast.BinaryExpr) {
	switch e.Op {
	case token.EQL, token.NEQ:
		if isBottom(e.X) || isBottom(e.Y) {
			c.monotonic = false
		}
	case token.OR:
		if !isStatic(e.X) || !isStatic(e.Y) {
			c.monotonic = false
		}
	}
}

func isBottom(e ast.Expr) bool {
	if p, ok := e.(*ast.ParenExpr); ok {
		return isBottom(p.X)
	}
	_, ok := e.(*ast.BottomLit)
	return ok
}

// isStatic tells whether an expression holds nothing but literals and CUE's own
// names.
func isStatic(e ast.Expr) bool {
	ok := true
	ast.Walk(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			ok = ok && n.Node == nil && isType(n.Name)
		case *ast.StructLit, *ast.ListLit, *ast.CallExpr, *ast.SelectorExpr, *ast.Interpolation, *ast.Comprehension:
			ok = false
		}
		return ok
	}, nil)
	return ok
}

// isType tells whether a name is one of CUE's own types, which a stack could
// hide behind a field of the same name only in vain: isStatic is asked for
// resolved files.
func isType(name string) bool {
	switch name {
	case "string", "bytes", "bool", "int", "float", "number", "uint", "_":
		return true
	}
	return false
}

// chain follows a reference with the fields that are selected from it. It is
// false for what is no such thing.
func (c *closure) chain(e ast.Expr) bool {
	var selected []string
	for {
		switch x := e.(type) {
		case *ast.SelectorExpr:
			name, isIdent, err := ast.LabelName(x.Sel)
			if err != nil {
				return false
			}
			selected = append([]string{plain(name, isIdent)}, selected...)
			e = x.X
		case *ast.IndexExpr:
			if name, ok := stringLiteral(x.Index); ok {
				selected = append([]string{plain(name, false)}, selected...)
			} else {
				// Any field of it may be meant.
				c.walk(x.Index)
				selected = nil
			}
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.Ident:
			c.ident(x, selected)
			return true
		default:
			c.walk(e)
			return true
		}
	}
}

func stringLiteral(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := literal.Unquote(lit.Value)
	return s, err == nil
}

// ident follows an identifier from which some fields are selected.
func (c *closure) ident(n *ast.Ident, selected []string) {
	c.names[n.Name] = true
	c.plain = c.plain && c.pure(n)
	for _, name := range selected {
		c.names[name] = true
	}
	switch node := n.Node.(type) {
	case nil:
		if _, ok := c.g.roots[n.Name]; ok {
			c.refer(n, append(path{n.Name}, selected...))
		}
	case *ast.ImportSpec:
		if c.g.isSchema(n) {
			c.schema[strings.Join(selected[:min(1, len(selected))], "")] = true
		} else if strings.Contains(node.Path.Value, ".") {
			c.computed = append(c.computed, affix{})
		}
	case *ast.ForClause:
	case *ast.LetClause:
		c.let(node, selected)
	default:
		// What has no path stands within an expression that is walked as a whole.
		if p, ok := c.g.paths[node]; ok {
			if len(p) > 1 {
				n = nil // no field of the stack itself
			}
			c.refer(n, append(p[:len(p):len(p)], selected...))
		}
	}
}

// let follows a reference to what a let clause names.
func (c *closure) let(n *ast.LetClause, selected []string) {
	first := !c.lets[n]
	c.lets[n] = true
	if root, more, ok := reference(n.Expr); ok {
		c.ident(root, append(more, selected...))
		return
	}
	if first {
		c.walk(n.Expr)
	}
}

// reference takes apart an expression that is an identifier with selectors.
func reference(e ast.Expr) (*ast.Ident, []string, bool) {
	switch x := e.(type) {
	case *ast.Ident:
		return x, nil, true
	case *ast.ParenExpr:
		return reference(x.X)
	case *ast.SelectorExpr:
		name, isIdent, err := ast.LabelName(x.Sel)
		root, more, ok := reference(x.X)
		return root, append(more, plain(name, isIdent)), ok && err == nil
	}
	return nil, nil, false
}
