package depend

import (
	"slices"

	"cuelang.org/go/cue/ast"
)

// Cut takes from the files of the graph what is not of a part, until the
// function that it returns is called. The syntax that is left is the same as
// before, and so are its positions and what its identifiers refer to, but for
// those of constants, which refer to a top-level field of the name of Alias: an
// identifier points to the literal that it is looked up in, so a copy of that
// would be no good.
func (g *Graph) Cut(part Part) (restore func()) {
	e := part.edits
	if e.of != g {
		*e = edits{of: g}
		k := newKnife(g, part, e)
		for _, file := range g.files {
			k.cut(&file.Decls)
		}
		for lit, unused := range part.unused {
			e.replace(&lit.Elts, slices.DeleteFunc(slices.Clone(lit.Elts), func(d ast.Decl) bool { return slices.Contains(unused, d) }))
		}
	}
	e.swap()
	lists := make(map[*ast.ListLit][]ast.Expr, len(part.lists))
	for lit, r := range part.lists {
		lists[lit], lit.Elts = lit.Elts, lit.Elts[r.From:r.To]
	}
	conditions := make(map[*ast.IfClause]ast.Expr, len(part.holds))
	for clause := range part.holds {
		conditions[clause], clause.Condition = clause.Condition, ast.NewBool(true)
	}
	idents := make([]ast.Ident, len(part.folded))
	for i, n := range part.folded {
		idents[i] = *n
		n.Name, n.Node, n.Scope = Alias(n.Name), nil, nil
	}
	return func() {
		for i, n := range part.folded {
			*n = idents[i]
		}
		for clause, condition := range conditions {
			clause.Condition = condition
		}
		for lit, elts := range lists {
			lit.Elts = elts
		}
		e.swap()
	}
}

// Alias is the name under which a part knows constants of a top-level field. No
// stack has a field of such a name: CUE reserves them.
func Alias(field string) string { return "__" + field }

// edits are what is to be done to some files for a part, and undone.
type edits struct {
	of    *Graph
	where []*[]ast.Decl
	decls [][]ast.Decl
}

// replace has declarations take the place of others, unless they are the same.
func (e *edits) replace(where *[]ast.Decl, decls []ast.Decl) {
	if len(decls) < len(*where) {
		e.where, e.decls = append(e.where, where), append(e.decls, decls)
	}
}

// swap does what is to be done, and undoes it.
func (e *edits) swap() {
	for i, where := range e.where {
		*where, e.decls[i] = e.decls[i], *where
	}
}

// knife finds the edits of one part.
type knife struct {
	keys  map[*ast.Field]string
	part  Part
	edits *edits
	// around are the paths of fields in which something is needed.
	around map[string]bool
}

func newKnife(g *Graph, part Part, e *edits) *knife {
	k := &knife{keys: g.keys, part: part, edits: e, around: map[string]bool{}}
	for need := range part.needs {
		for i, r := range need {
			if r == 0 {
				k.around[need[:i]] = true
			}
		}
	}
	return k
}

// cut leaves of declarations what is needed.
func (k *knife) cut(decls *[]ast.Decl) {
	var kept []ast.Decl
	for _, decl := range *decls {
		switch d := decl.(type) {
		case *ast.Field:
			// A field without a plain label has no key, and may be any field.
			switch key, ok := k.keys[d]; {
			case !ok, k.part.needs[key]:
			case k.around[key]:
				for _, lit := range literals(d.Value) {
					k.cut(&lit.Elts)
				}
			default:
				continue
			}
		case *ast.LetClause:
			if !k.part.lets[d] {
				continue
			}
		}
		kept = append(kept, decl)
	}
	k.edits.replace(decls, kept)
}
