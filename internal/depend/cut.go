package depend

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
)

// Cut takes from the files of the graph what is not of a part, until the
// function that it returns is called. The syntax that is left is the same as
// before, and so are its positions and what its identifiers refer to: an
// identifier points to the literal that it is looked up in, so a copy of that
// would be no good.
func (g *Graph) Cut(part Part) (restore func()) {
	k := &knife{part: part}
	for _, file := range g.files {
		k.cut(&file.Decls, nil)
	}
	for lit, unused := range part.unused {
		before := lit.Elts
		lit.Elts = slices.DeleteFunc(slices.Clone(before), func(d ast.Decl) bool { return slices.Contains(unused, d) })
		k.undo = append(k.undo, func() { lit.Elts = before })
	}
	for lit, r := range part.lists {
		before := lit.Elts
		lit.Elts = before[r.From:r.To]
		k.undo = append(k.undo, func() { lit.Elts = before })
	}
	return func() {
		for i := len(k.undo) - 1; i >= 0; i-- {
			k.undo[i]()
		}
	}
}

// knife is one Cut.
type knife struct {
	part Part
	undo []func()
}

// cut leaves of the declarations at a path what is needed.
func (k *knife) cut(decls *[]ast.Decl, at path) {
	var kept []ast.Decl
	for _, decl := range *decls {
		switch d := decl.(type) {
		case *ast.Field:
			name, ok := label(d)
			p := at.child(name)
			switch {
			case !ok:
			case k.part.needs[p.key()]:
			case k.inner(p):
				for _, lit := range literals(d.Value) {
					k.cut(&lit.Elts, p)
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
	before := *decls
	*decls = kept
	k.undo = append(k.undo, func() { *decls = before })
}

// inner tells whether something in a field is needed.
func (k *knife) inner(p path) bool {
	prefix := p.key() + "\x00"
	for need := range k.part.needs {
		if strings.HasPrefix(need, prefix) {
			return true
		}
	}
	return false
}
