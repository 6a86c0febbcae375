package depend

import (
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

func isUnification(e *ast.BinaryExpr) bool { return e.Op == token.AND }

// parts are the struct literals that an expression at a path is the unification
// of. It is false where there is more to it, so that the fields of it cannot be
// told apart: a reference may add fields, and relate those that are here.
func (g *Graph) parts(expr ast.Expr, at path) ([]*ast.StructLit, bool) {
	switch e := expr.(type) {
	case *ast.ParenExpr:
		return g.parts(e.X, at)
	case *ast.BinaryExpr:
		if !isUnification(e) {
			return nil, false
		}
		x, ok := g.parts(e.X, at)
		y, also := g.parts(e.Y, at)
		return append(x, y...), ok && also
	case *ast.SelectorExpr:
		return nil, g.isSchema(e.X) && isApart(at)
	case *ast.StructLit:
		for _, elt := range e.Elts {
			switch elt := elt.(type) {
			case *ast.Field:
				_, plain := label(elt)
				if _, ok := pattern(elt); !ok && !plain {
					return nil, false
				}
			case *ast.LetClause, *ast.Ellipsis, *ast.CommentGroup, *ast.Attribute:
			default:
				return nil, false
			}
		}
		return []*ast.StructLit{e}, true
	}
	return nil, false
}

// isApart tells whether the schema relates nothing across the fields at a path.
func isApart(at path) bool {
	switch at[0] {
	case "axes", "rules", "guarantees", "dockerfile", "policies":
		return len(at) == 1
	case "stages":
		return len(at) <= 2
	}
	return false
}

// isSchema tells whether an expression is the imported schema.
func (g *Graph) isSchema(x ast.Expr) bool {
	ident, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	spec, ok := ident.Node.(*ast.ImportSpec)
	if !ok {
		return false
	}
	name, err := strconv.Unquote(spec.Path.Value)
	name, _, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(name, ":")
	return err == nil && name == g.schema
}

// find are the expressions that the field at a path unifies, and its path: a
// shorter one where the fields of something on the way cannot be told apart.
// The constraints are those of patterns that the field may match, and of the
// schema.
func (g *Graph) find(p path) (exprs, constraints []ast.Expr, at path) {
	key := p.key()
	f, ok := g.found[key]
	if !ok {
		f.exprs, f.constraints, f.at = g.look(slices.Clone(p))
		g.found[key] = f
	}
	return slices.Clip(f.exprs), slices.Clip(f.constraints), slices.Clip(f.at)
}

// found is what there is at a path.
type found struct {
	exprs, constraints []ast.Expr
	at                 path
}

func (g *Graph) look(p path) (exprs, constraints []ast.Expr, at path) {
	exprs = g.roots[p[0]]
	for i := 1; i < len(p); i++ {
		var next, patterns, schemas []ast.Expr
		for _, expr := range exprs {
			lits, ok := g.parts(expr, p[:i])
			if !ok {
				return exprs, constraints, p[:i]
			}
			schemas = append(schemas, definitions(expr)...)
			for _, lit := range lits {
				next = append(next, fields(lit, p[i])...)
				patterns = append(patterns, patternsOf(lit)...)
			}
		}
		exprs, constraints = next, append(constraints, schemas...)
		if len(patterns) > 0 {
			// A pattern may relate the fields of what it matches.
			return exprs, append(constraints, patterns...), p[:i+1]
		}
	}
	return exprs, constraints, p
}

// definitions are those of the schema that an expression unifies.
func definitions(expr ast.Expr) []ast.Expr {
	switch e := expr.(type) {
	case *ast.ParenExpr:
		return definitions(e.X)
	case *ast.BinaryExpr:
		return append(definitions(e.X), definitions(e.Y)...)
	case *ast.SelectorExpr:
		return []ast.Expr{e}
	}
	return nil
}

// patternsOf are the patterns of a literal with what they demand.
func patternsOf(lit *ast.StructLit) []ast.Expr {
	var out []ast.Expr
	for _, elt := range lit.Elts {
		if f, ok := elt.(*ast.Field); ok {
			if list, ok := pattern(f); ok {
				out = append(out, list, f.Value)
			}
		}
	}
	return out
}

func isPattern(f *ast.Field) bool {
	_, ok := pattern(f)
	return ok
}

// pattern is the label of a field that stands for many.
func pattern(f *ast.Field) (*ast.ListLit, bool) {
	l := f.Label
	if alias, ok := l.(*ast.Alias); ok {
		if inner, ok := alias.Expr.(ast.Label); ok {
			l = inner
		}
	}
	list, ok := l.(*ast.ListLit)
	return list, ok
}

// fields are the values of the fields of a name.
func fields(lit *ast.StructLit, want string) []ast.Expr {
	var out []ast.Expr
	for _, elt := range lit.Elts {
		if f, ok := elt.(*ast.Field); ok {
			if name, ok := label(f); ok && name == want {
				out = append(out, f.Value)
			}
		}
	}
	return out
}
