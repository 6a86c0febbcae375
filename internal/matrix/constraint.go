package matrix

import (
	"fmt"
	"maps"
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"stagecue.dev/internal/diag"
)

// A constraint is what `when`, `require`, `forbid` or a guarantee says, made
// into bits: CUE is asked once for each value of each axis that is named, and a
// combination is then a matter of looking up bits.
type constraint struct {
	m    *Matrix
	path cue.Path
	// axes are the indexes of the axes that decide it, in order: those it
	// names and those it reads by `variant`.
	axes []int
	// reads are the axes it reads by `variant`. Its bits are worked out anew
	// for each choice of their values.
	reads []int
	// tables holds the bits by the values of reads.
	tables map[string]table
}

// table is the arms of a constraint, of which one must hold: for each axis
// that an arm names, which of its values are instances.
type table []map[int][]bool

// newConstraint reads the constraint at a path, and reports axes and facts
// that do not exist: they would make it silently never apply.
func (m *Matrix) newConstraint(path cue.Path) (*constraint, diag.List) {
	c := &constraint{m: m, path: path, tables: map[string]table{}}
	v := m.root.LookupPath(path)
	named := map[int]bool{}
	list := m.check(v, named)
	for name := range readsVariant(v) {
		if i := m.axis(name); i >= 0 {
			c.reads = append(c.reads, i)
			named[i] = true
		}
	}
	slices.Sort(c.reads)
	c.axes = slices.Sorted(maps.Keys(named))
	return c, list
}

// holds tells whether a combination is an instance of the constraint. Only the
// axes of c.axes need be chosen.
func (c *constraint) holds(at Combination) bool {
	key := ""
	for _, i := range c.reads {
		key += fmt.Sprintf("%d,", at[i])
	}
	t, ok := c.tables[key]
	if !ok {
		t = c.build(at)
		c.tables[key] = t
	}
	for _, arm := range t {
		all := true
		for i, bits := range arm {
			all = all && bits[at[i]]
		}
		if all {
			return true
		}
	}
	return false
}

// build works the bits out, with the axes that the constraint reads filled in.
func (c *constraint) build(at Combination) table {
	root := c.m.root
	for _, i := range c.reads {
		axis := c.m.Axes[i]
		root = root.FillPath(cue.MakePath(cue.Str("variant"), cue.Str(axis.Name)), axis.Values[at[i]].CUE)
	}
	var t table
	for _, arm := range arms(root.LookupPath(c.path)) {
		bits := map[int][]bool{}
		for i, axis := range c.m.Axes {
			want := arm.LookupPath(cue.MakePath(cue.Str(axis.Name)))
			if !want.Exists() {
				continue
			}
			row := make([]bool, len(axis.Values))
			for j, value := range axis.Values {
				// An instance of, not merely unifiable with: a fact that is
				// null or absent matches nothing.
				row[j] = want.Subsume(value.CUE, cue.Final()) == nil
			}
			bits[i] = row
		}
		t = append(t, bits)
	}
	return t
}

// arms splits a disjunction over axes: `{os: A, cuda: 12} | {os: B}` holds if
// one of them does, which cannot be decided axis by axis.
func arms(v cue.Value) []cue.Value {
	op, parts := v.Expr()
	switch op {
	case cue.OrOp:
		var out []cue.Value
		for _, p := range parts {
			out = append(out, arms(p)...)
		}
		return out
	case cue.AndOp:
		// The schema's own part says nothing but that it is a struct.
		for _, p := range parts {
			if op, _ := p.Expr(); op == cue.OrOp {
				return arms(p)
			}
			if _, path := p.ReferencePath(); len(path.Selectors()) > 0 {
				if d := cue.Dereference(p); len(arms(d)) > 1 {
					return arms(d)
				}
			}
		}
	}
	return []cue.Value{v}
}

// readsVariant are the axes that a constraint's syntax selects from `variant`.
func readsVariant(v cue.Value) map[string]bool {
	out := map[string]bool{}
	var visit func(cue.Value)
	visit = func(v cue.Value) {
		if n := v.Source(); n != nil {
			variantSelectors(n, out)
		}
		if op, parts := v.Expr(); op == cue.AndOp || op == cue.OrOp {
			for _, p := range parts {
				visit(p)
			}
		}
		if fields, err := v.Fields(); err == nil {
			for fields.Next() {
				visit(fields.Value())
			}
		}
	}
	visit(v)
	return out
}

func variantSelectors(n ast.Node, out map[string]bool) {
	ast.Walk(n, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "variant" {
				if name, _, err := ast.LabelName(sel.Sel); err == nil {
					out[name] = true
				}
			}
		}
		return true
	}, nil)
}
