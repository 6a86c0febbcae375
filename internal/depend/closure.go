package depend

import (
	"cmp"
	"maps"
	"slices"

	"cuelang.org/go/cue/ast"
)

// closure is one run of Part.
type closure struct {
	g     *Graph
	queue []ast.Node
	reads map[Read]bool
	needs map[string]bool
	lets  map[*ast.LetClause]bool
	// schema are the names that are selected from the schema.
	schema map[string]bool
	// names are those of fields, and all that could be one.
	names    map[string]bool
	computed []affix
	// optional fields are followed when one of their name is met.
	options []option
	// partial is the list of which some elements are needed, and conflict is set
	// when something refers to all of it.
	partial  path
	conflict bool
	// whole is set when the variant is used as a whole.
	whole     bool
	monotonic bool
	// plain is whether there is nothing but data.
	plain bool
	// folded are identifiers that refer to constants, kept those that do not.
	folded map[*ast.Ident][]*Constant
	kept   map[*ast.Ident]bool
	// guard is a condition that is given, and holds the clauses that say it.
	guard *Constant
	holds map[*ast.IfClause]bool
}

func newClosure(g *Graph, names map[string]bool) *closure {
	c := &closure{
		g: g, reads: map[Read]bool{}, needs: map[string]bool{}, lets: map[*ast.LetClause]bool{},
		schema: map[string]bool{}, names: maps.Clone(names), monotonic: true, plain: true,
		folded: map[*ast.Ident][]*Constant{}, kept: map[*ast.Ident]bool{}, holds: map[*ast.IfClause]bool{},
	}
	if c.names == nil {
		c.names = map[string]bool{}
	}
	return c
}

// part follows all that is queued, and says what came of it.
func (c *closure) part() (Part, bool) {
	c.drain()
	part := Part{
		Reads: sorted(c.reads), Monotonic: c.monotonic && !c.whole, needs: c.needs, lets: c.lets,
		schema: c.schema, names: c.names, computed: c.computed, unused: c.unused(), edits: &edits{}, taken: &taken{},
		Guard: c.guard, holds: c.holds,
	}
	for n, constants := range c.folded {
		part.folded = append(part.folded, n)
		part.Constants = append(part.Constants, constants...)
	}
	slices.SortFunc(part.Constants, func(a, b *Constant) int { return cmp.Compare(a.Key(), b.Key()) })
	part.Constants = slices.Compact(part.Constants)
	part.Shape = part.shape()
	return part, !c.g.opaque && !c.conflict
}

// drain follows what is queued, until nothing is.
func (c *closure) drain() {
	for !c.g.opaque && (len(c.queue) > 0 || c.follow()) {
		if len(c.queue) > 0 {
			expr := c.queue[0]
			c.queue = c.queue[1:]
			c.walk(expr)
		}
	}
}

// need adds a field with all that is in it.
func (c *closure) need(p path) {
	for _, name := range p {
		c.names[name] = true
	}
	c.plain = c.plain && p[0][0] != '#'
	exprs, constraints, p := c.g.find(p)
	if c.partial != nil && len(p) <= len(c.partial) && slices.Equal(p, c.partial[:len(p)]) {
		c.conflict = true
	}
	for i := range p {
		if c.needs[p[:i+1].key()] {
			return // a field around it is needed as it is
		}
	}
	c.needs[p.key()] = true
	for _, e := range append(constraints, exprs...) {
		c.queue = append(c.queue, e)
	}
}

// refer follows a reference to a field, which begins with an identifier for a
// field of the stack itself: nil if it begins further down.
func (c *closure) refer(n *ast.Ident, p path) {
	if p[0] != "variant" {
		if n == nil || !c.fold(n, p) {
			c.keep(n)
			c.need(p)
		}
		return
	}
	switch len(p) {
	case 1:
		c.whole = true
	case 2:
		c.reads[Read{Axis: p[1]}] = true
	default:
		c.reads[Read{Axis: p[1], Fact: p[2]}] = true
	}
	c.names[p[0]] = true
	if c.needs[p[0]] {
		return
	}
	c.needs[p[0]] = true
	// What is said of facts in general makes what is read of them no less plain.
	plain := c.plain
	for _, e := range c.g.roots[p[0]] {
		c.walk(e)
	}
	c.plain = plain
}
