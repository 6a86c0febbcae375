package evaluate

import (
	"slices"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/source"
)

// chain is a list of places, no line of a file twice.
type chain []Place

func (c *chain) add(span source.Span, role Role) {
	known := func(p Place) bool { return p.Span.File == span.File && p.Span.Line == span.Line }
	if span.IsValid() && !slices.ContainsFunc(*c, known) {
		*c = append(*c, Place{Span: span, Role: role})
	}
}

// addAround adds a place, unless one that is known is written inside of it.
func (c *chain) addAround(span source.Span, role Role) {
	inside := func(p Place) bool {
		return p.Span.File == span.File && span.Line <= p.Span.Line && p.Span.Line <= span.EndLine
	}
	if !slices.ContainsFunc(*c, inside) {
		c.add(span, role)
	}
}

// userFirst puts the first place of the user's first.
func (c chain) userFirst(positions *cuediag.Positions) []Place {
	i := slices.IndexFunc(c, func(p Place) bool { return positions.IsUser(p.Span) })
	if i < 0 {
		return c
	}
	first := c[i]
	return append([]Place{first}, slices.Delete(c, i, i+1)...)
}
