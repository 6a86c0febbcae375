// Package depend finds out by syntax alone what a field of a stack is made of:
// which other fields it needs, and which facts of the variant it reads. What it
// says is a guess that evaluation verifies, except for two promises: a field that
// it calls monotonic does not change once it is complete, and of a constant that
// it calls plain there is no more than what is seen.
package depend

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
)

// A Graph knows the fields of one stack by their syntax. It is for one
// goroutine, since Cut changes the files.
type Graph struct {
	files []*ast.File
	// schema is the import path whose definitions relate nothing but what
	// stands below one stage, or below one field of dockerfile.
	schema string
	// roots are the expressions that a top-level field unifies.
	roots map[string][]ast.Expr
	// paths are the paths of the fields that stand in nothing but struct
	// literals: by the node that a resolved identifier points to.
	paths map[ast.Node]path
	// keys are the keys of the paths of fields.
	keys map[*ast.Field]string
	// found is what find has found, by the key of a path.
	found map[string]found
	// loops are the clauses that declare the variables of loops.
	loops map[ast.Node]*ast.ForClause
	// folded is the graph whose parts refer to constants, but for those that it
	// has refused.
	folded    *Graph
	folding   bool
	refused   map[string]bool
	constants map[string]*Constant
	// library is set for a package of definitions; see Library.
	library bool
	// opaque is set where something was met that is not understood: everything
	// may then depend on everything.
	opaque bool
}

// path names a field, from the top level of the stack.
type path []string

func (p path) key() string { return strings.Join(p, "\x00") }

func (p path) child(name string) path { return append(slices.Clip(p), name) }

// New reads the files of a stack, whose identifiers have been resolved. The
// schema is known by its import path.
func New(files []*ast.File, schema string) *Graph {
	g := &Graph{files: files, schema: schema, roots: map[string][]ast.Expr{}, paths: map[ast.Node]path{}, keys: map[*ast.Field]string{}, found: map[string]found{}, loops: map[ast.Node]*ast.ForClause{}}
	for _, file := range files {
		ast.Walk(file, func(n ast.Node) bool {
			if loop, ok := n.(*ast.ForClause); ok {
				if loop.Key != nil {
					g.loops[loop.Key] = loop
				}
				if loop.Value != nil {
					g.loops[loop.Value] = loop
				}
			}
			return true
		}, nil)
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.Field:
				name, ok := label(decl)
				if !ok {
					g.opaque = true
					continue
				}
				g.roots[name] = append(g.roots[name], decl.Value)
				g.index(decl, path{name})
			case *ast.Package, *ast.ImportDecl, *ast.CommentGroup, *ast.Attribute, *ast.LetClause:
			default:
				// Embedded into the stack: it may hold any field.
				g.opaque = true
			}
		}
	}
	return g
}

// index notes the paths of a field and of those in it.
func (g *Graph) index(f *ast.Field, p path) {
	g.paths[f], g.keys[f] = p, p.key()
	g.paths[f.Value] = p
	if alias, ok := f.Label.(*ast.Alias); ok {
		g.paths[alias] = p
	}
	if alias, ok := f.Value.(*ast.Alias); ok {
		g.paths[alias.Expr] = p
	}
	for _, lit := range literals(f.Value) {
		for _, elt := range lit.Elts {
			if inner, ok := elt.(*ast.Field); ok {
				if name, ok := label(inner); ok {
					g.index(inner, p.child(name))
				}
			}
		}
	}
}

// Names are the fields of a top-level field, sorted. It is false where syntax
// does not tell.
func (g *Graph) Names(of string) ([]string, bool) {
	var names []string
	for _, expr := range g.roots[of] {
		lits, ok := g.parts(expr, path{of})
		if !ok {
			return nil, false
		}
		for _, lit := range lits {
			for _, elt := range lit.Elts {
				f, ok := elt.(*ast.Field)
				if !ok {
					continue
				}
				if name, ok := label(f); ok && name[0] != '#' && name[0] != '_' {
					names = append(names, strings.TrimPrefix(name, `"`))
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), !g.opaque
}

// label is the name of a field that has a plain one. Hidden fields and
// definitions are told from fields of the same name in quotes by the quote.
func label(f *ast.Field) (string, bool) {
	l := f.Label
	if alias, ok := l.(*ast.Alias); ok {
		inner, ok := alias.Expr.(ast.Label)
		if !ok {
			return "", false
		}
		l = inner
	}
	switch l := l.(type) {
	case *ast.Ident:
		return l.Name, true
	case *ast.BasicLit:
		name, isIdent, err := ast.LabelName(l)
		return plain(name, isIdent), err == nil
	}
	return "", false
}

func plain(name string, isIdent bool) string {
	if !isIdent && (name == "" || name[0] == '#' || name[0] == '_') {
		return `"` + name
	}
	return name
}

// literals are the struct literals that an expression unifies, those that
// stand beside anything else among them.
func literals(expr ast.Expr) []*ast.StructLit {
	switch e := expr.(type) {
	case *ast.StructLit:
		return []*ast.StructLit{e}
	case *ast.ParenExpr:
		return literals(e.X)
	case *ast.Alias:
		return literals(e.Expr)
	case *ast.BinaryExpr:
		if isUnification(e) {
			return append(literals(e.X), literals(e.Y)...)
		}
	}
	return nil
}
