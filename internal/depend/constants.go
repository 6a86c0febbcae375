package depend

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
)

// A Constant is a field that a part refers to, and that it may be given instead
// of all that the field is made of: what that comes to for a variant is a
// constant of it.
type Constant struct {
	// Path is where the field is. A name that stands in quotes for not to be a
	// definition or hidden begins with one. A condition has none.
	Path []string
	// Condition is the text of a condition that elements of a list stand under.
	Condition string
	// Expr refers to the field, or is the condition.
	Expr ast.Expr
	// Part is what the field is made of.
	Part Part
	// Plain is whether that is nothing but data, so that what is seen of a struct
	// or list is all that there is to it. There is no more to a scalar anyway.
	Plain bool
}

// Key tells constants of one stack apart.
func (c *Constant) Key() string { return c.Condition + path(c.Path).key() }

// A Given is a constant with what it comes to for a variant.
type Given struct {
	*Constant
	Value ast.Expr
}

// Folded is the same graph, but its parts refer to constants where they can.
func (g *Graph) Folded() *Graph {
	if g.folded == nil {
		folded := *g
		folded.folding, folded.refused, folded.constants = true, map[string]bool{}, map[string]*Constant{}
		g.folded = &folded
	}
	return g.folded
}

// Refuse takes a field for no constant any more, as it came to something else
// than plain data. Parts that refer to it are to be asked for anew.
func (g *Graph) Refuse(c *Constant) {
	g.refused[c.Key()] = true
	clear(g.constants)
}

// constant is the field at a path as a constant, nil if it cannot be one.
func (g *Graph) constant(p path) *Constant {
	exprs, constraints, at := g.find(p)
	key := at.key()
	if known, ok := g.constants[key]; ok {
		return known
	}
	g.constants[key] = nil // for what refers to itself
	if g.refused[key] || !foldable(at) || isLiteral(exprs, constraints) || slices.ContainsFunc(exprs, isTemplate) {
		return nil
	}
	part, plain, ok := g.followed(at)
	if !ok || !plain && slices.ContainsFunc(exprs, isComposite) {
		return nil
	}
	g.constants[key] = &Constant{Path: at, Expr: at.expr(), Part: part, Plain: plain}
	return g.constants[key]
}

func (g *Graph) followed(at path) (Part, bool, bool) {
	c := newClosure(g, nil)
	c.need(at)
	part, ok := c.part()
	return part, c.plain && !c.whole, ok
}

// foldable tells whether a constant can stand at a path: in a helper, or in a
// field of a stage that others refer to.
func foldable(at path) bool {
	switch at[0] {
	case "stages":
		return len(at) > 2 && at[2] != "steps" && !strings.HasPrefix(at[1], "#")
	case "variant", "axes", "rules", "guarantees", "dockerfile", "policies":
		return false
	}
	return !strings.HasPrefix(at[0], "#")
}

// fold has a part refer to a constant. An identifier that stands for several
// fields, as one in a let clause does, refers to none unless all are constants.
func (c *closure) fold(n *ast.Ident, p path) bool {
	if !c.g.folding || c.kept[n] || n.Name != p[0] {
		return false
	}
	constant := c.g.constant(p)
	if constant == nil {
		return false
	}
	if !slices.Contains(c.folded[n], constant) {
		c.folded[n] = append(c.folded[n], constant)
	}
	c.know(constant.Part)
	return true
}

// know notes what fields there may be in what is given.
func (c *closure) know(given Part) {
	maps.Copy(c.names, given.names)
	c.computed = append(c.computed, given.computed...)
}

// keep has an identifier go on to refer to what it does.
func (c *closure) keep(n *ast.Ident) {
	if n == nil {
		return
	}
	c.kept[n] = true
	for _, constant := range c.folded[n] {
		c.need(constant.Path)
	}
	delete(c.folded, n)
}

// expr refers to the field at a path.
func (p path) expr() ast.Expr {
	var x ast.Expr = ast.NewIdent(p[0])
	for _, name := range p[1:] {
		if name[0] == '#' || name[0] == '_' {
			x = &ast.SelectorExpr{X: x, Sel: ast.NewIdent(name)}
		} else {
			x = &ast.IndexExpr{X: x, Index: ast.NewString(strings.TrimPrefix(name, `"`))}
		}
	}
	return x
}
