package depend

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
)

// Roots are the names of all top-level fields, sorted.
func (g *Graph) Roots() []string { return slices.Sorted(maps.Keys(g.roots)) }

// Fields are the names of the fields at a path, sorted. It is false where they
// cannot be told apart.
func (g *Graph) Fields(p []string) ([]string, bool) {
	exprs, constraints, found := g.find(p)
	if len(found) < len(p) || len(exprs) == 0 || g.opaque {
		return nil, false
	}
	for _, c := range constraints {
		if _, ok := c.(*ast.SelectorExpr); !ok {
			return nil, false // a pattern may relate them
		}
	}
	var names []string
	for _, expr := range exprs {
		lits, ok := g.parts(expr, p)
		if !ok {
			return nil, false
		}
		for _, lit := range lits {
			for _, elt := range lit.Elts {
				if f, ok := elt.(*ast.Field); ok {
					name, plain := label(f)
					if !plain {
						return nil, false
					}
					names = append(names, name)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), true
}

// Mentions tells whether a part may have a field of a name.
func (p Part) Mentions(name string) bool {
	return p.names[name] || slices.ContainsFunc(p.computed, func(a affix) bool {
		return len(name) >= len(a.prefix)+len(a.suffix) && strings.HasPrefix(name, a.prefix) && strings.HasSuffix(name, a.suffix)
	})
}

// compute notes the names that a computed label can have.
func (c *closure) compute(label ast.Label) {
	names, computed, ok := c.looped(label)
	if !ok {
		computed = []affix{affixes(label)}
	}
	c.computed = append(c.computed, computed...)
	for _, name := range names {
		c.names[name] = true
	}
}

// looped are the names of a label that is the variable of a loop, over strings
// or over the fields of a struct.
func (c *closure) looped(label ast.Label) (names []string, computed []affix, ok bool) {
	paren, ok := label.(*ast.ParenExpr)
	if !ok {
		return nil, nil, false
	}
	ident, ok := paren.X.(*ast.Ident)
	if !ok {
		return nil, nil, false
	}
	loop := c.g.loops[ident.Node]
	if loop == nil {
		return nil, nil, false
	}
	if list, ok := loop.Source.(*ast.ListLit); ok && ident.Node == ast.Node(loop.Value) {
		for _, elt := range list.Elts {
			if name, ok := stringLiteral(elt); ok {
				names = append(names, name)
			} else {
				computed = append(computed, affixes(elt))
			}
		}
		return names, computed, true
	}
	if ident.Node != ast.Node(loop.Key) {
		return nil, nil, false
	}
	root, selected, ok := reference(loop.Source)
	if !ok {
		return nil, nil, false
	}
	base, ok := c.g.paths[root.Node]
	if root.Node == nil && c.g.roots[root.Name] != nil {
		base, ok = path{root.Name}, true
	}
	if !ok {
		return nil, nil, false
	}
	names, ok = c.g.Fields(append(slices.Clip(base), selected...))
	return names, nil, ok
}

// affix is what is known of a name that is computed: how it begins and ends.
type affix struct{ prefix, suffix string }

// affixes takes a label in plain quotes apart: "a\(b)c". Of anything else it
// says nothing.
func affixes(l ast.Node) affix {
	in, ok := l.(*ast.Interpolation)
	if !ok || len(in.Elts) == 0 {
		return affix{}
	}
	first, ok := in.Elts[0].(*ast.BasicLit)
	last, also := in.Elts[len(in.Elts)-1].(*ast.BasicLit)
	if !ok || !also {
		return affix{}
	}
	prefix, opened := strings.CutPrefix(first.Value, `"`)
	prefix, interpolated := strings.CutSuffix(prefix, `\(`)
	suffix, closed := strings.CutPrefix(last.Value, ")")
	suffix, quoted := strings.CutSuffix(suffix, `"`)
	if !opened || !interpolated || !closed || !quoted || strings.Contains(prefix+suffix, `\`) {
		return affix{}
	}
	return affix{prefix, suffix}
}
