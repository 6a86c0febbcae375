package depend

import (
	"slices"

	"cuelang.org/go/cue/ast"
)

// A Range is the elements of a list literal from From on, up to but not with To.
// One element may stand for any number of them, as `if` and `for` do.
type Range struct{ From, To int }

// list is the literal that a field is, and nothing else.
func (g *Graph) list(p path) (*ast.ListLit, []ast.Expr, bool) {
	exprs, constraints, at := g.find(p)
	if len(at) < len(p) || len(exprs) != 1 || g.opaque {
		return nil, nil, false
	}
	lit, ok := exprs[0].(*ast.ListLit)
	if !ok {
		return nil, nil, false
	}
	for _, elt := range lit.Elts {
		if _, open := elt.(*ast.Ellipsis); open {
			return nil, nil, false
		}
	}
	return lit, constraints, true
}

// Ranges divides a list into runs of neighbours that read the same facts, that
// stand under the same condition, and that are alike in whether they may have a
// field of one of some names. It is false for what is not a list literal.
func (g *Graph) Ranges(p []string, names []string) ([]Range, bool) {
	lit, _, ok := g.list(p)
	if !ok {
		return nil, false
	}
	var out []Range
	var last []Read
	var lastMonotonic, lastMentions bool
	var lastGuard string
	for i := range lit.Elts {
		part, ok := g.RangePart(p, Range{i, i + 1})
		if !ok {
			return nil, false
		}
		reads, monotonic := part.AllReads()
		mentions := slices.ContainsFunc(names, part.Mentions)
		if i > 0 && slices.Equal(reads, last) && monotonic == lastMonotonic && mentions == lastMentions && part.condition() == lastGuard {
			out[len(out)-1].To++
		} else {
			out = append(out, Range{i, i + 1})
		}
		last, lastMonotonic, lastMentions, lastGuard = reads, monotonic, mentions, part.condition()
	}
	return out, true
}

// RangePart is the part of a stack that some elements of a list need, and some
// fields besides. It is false where something needs all of the list.
func (g *Graph) RangePart(p []string, r Range, besides ...[]string) (Part, bool) {
	lit, constraints, ok := g.list(p)
	if !ok {
		return Part{}, false
	}
	c := newClosure(g, nil)
	for _, name := range p {
		c.names[name] = true
	}
	c.partial = p
	c.needs[c.partial.key()] = true
	for _, e := range constraints {
		c.queue = append(c.queue, e)
	}
	if g.folding {
		c.guarded(lit.Elts[r.From:r.To])
	}
	for _, e := range lit.Elts[r.From:r.To] {
		c.queue = append(c.queue, e)
	}
	for _, other := range besides {
		c.need(other)
	}
	part, ok := c.part()
	part.lists = map[*ast.ListLit]Range{lit: r}
	return part, ok
}
