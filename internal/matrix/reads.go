package matrix

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"stagecue.dev/internal/diag"
)

// reads are the axes that a constraint selects from `variant`: by its own
// syntax and by that of all that it refers to. Only `variant.<axis>` is
// understood; what reads the variant in another way is reported.
func (m *Matrix) reads(v cue.Value) (map[int]bool, diag.List) {
	r := &reader{m: m, axes: map[int]bool{}, seen: map[ast.Node]bool{}}
	r.value(v)
	return r.axes, r.list
}

// reader is one run of reads.
type reader struct {
	m    *Matrix
	axes map[int]bool
	seen map[ast.Node]bool
	list diag.List
}

// value looks at all the syntax that a value was made of.
func (r *reader) value(v cue.Value) {
	r.node(v.Source())
	if op, parts := v.Expr(); op == cue.AndOp || op == cue.OrOp {
		for _, p := range parts {
			r.value(p)
		}
	}
	if kind := v.IncompleteKind(); kind != cue.BottomKind && kind&cue.StructKind == 0 {
		return
	}
	if fields, err := v.Fields(); err == nil {
		for fields.Next() {
			r.value(fields.Value())
		}
	}
}

// node looks at a piece of syntax, once.
func (r *reader) node(n ast.Node) {
	if n == nil || r.seen[n] {
		return
	}
	r.seen[n] = true
	ast.Walk(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			// A label is no reference, unless it is computed.
			if _, isIdent := n.Label.(*ast.Ident); isIdent {
				r.node(n.Value)
				return false
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "variant" {
				r.selected(n)
				return false
			}
		case *ast.Ident:
			r.ident(n)
		}
		return true
	}, nil)
}

// selected notes an axis. One that does not exist is an error of CUE's, too.
func (r *reader) selected(n *ast.SelectorExpr) {
	name, _, err := ast.LabelName(n.Sel)
	if i := r.m.axis(name); err == nil && i >= 0 {
		r.axes[i] = true
	}
}

// ident follows a reference.
func (r *reader) ident(n *ast.Ident) {
	switch {
	case n.Name == "variant":
		r.list = append(r.list, diag.Diagnostic{
			Code: diag.CodeRuleForm, Severity: diag.Error,
			Span:    r.m.positions.Node(n),
			Message: "a rule reads the values of certain axes, not `variant` as a whole",
			Help:    "write variant.<axis>.<fact>",
		})
	case n.Node != nil:
		r.node(n.Node)
	default:
		// A field of the package, maybe in another of its files.
		r.node(r.m.topLevel(n.Name).Source())
	}
}

// topLevel is a field of the package, be it hidden or a definition.
func (m *Matrix) topLevel(name string) cue.Value {
	if m.topLevels == nil {
		m.topLevels = map[string]cue.Value{}
		fields, err := m.root.Fields(cue.All())
		for err == nil && fields.Next() {
			m.topLevels[fields.Selector().String()] = fields.Value()
		}
	}
	return m.topLevels[name]
}
