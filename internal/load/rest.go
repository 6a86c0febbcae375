package load

import (
	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
)

// Axes is what a matrix is read from: the axes, rules and guarantees of the
// package. It is false where only the whole package will do.
func (b *Builder) Axes() (axes cue.Value, ok bool) {
	part, ok := b.Graph().Part([]string{"axes"}, []string{"rules"}, []string{"guarantees"})
	if !ok {
		return axes, false
	}
	axes = b.Part(part, nil)
	b.axes = &axes
	return axes, true
}

// Rule is an entry of rules or guarantees with facts, in the context of Axes. It
// is false where syntax does not tell what the entry is made of, or that context
// has been given up.
func (b *Builder) Rule(of []string, facts []depend.Fact) (cue.Value, bool) {
	part, ok := b.Graph().Part(of)
	if !ok || !part.Monotonic || b.axes == nil || b.built == partsPerContext || b.axes.Context() != b.parts {
		return cue.Value{}, false
	}
	return b.Part(part, facts).LookupPath(cue.MakePath(cue.Str(of[0]), cue.Str(of[1]))), true
}

// RestSound tells whether nothing is wrong with a package of which variants have
// come out right: with its axes, and with what those variants need not have been
// made of. It is false where only the whole package tells.
//
// CUE is monotonic: what comes out right for a variant has nothing wrong with it
// before that is filled in. So what is left is what no variant has seen, and what
// has a test of existence or the like in it, which may say something else then.
func (b *Builder) RestSound(reached func(stage string) bool) bool {
	rest, ok := b.rest(reached)
	return ok && b.axes != nil && b.sound(*b.axes) && b.sound(b.Part(rest, nil))
}

// rest are the helpers, the policies, and the stages that have not been reached,
// or are not monotonic.
func (b *Builder) rest(reached func(stage string) bool) (depend.Part, bool) {
	g := b.Graph()
	var paths [][]string
	for _, name := range g.Roots() {
		switch name {
		case "axes", "rules", "guarantees", "variant":
		case "stages":
			stages, ok := g.Fields([]string{name})
			if !ok {
				return depend.Part{}, false
			}
			paths = append(paths, []string{name, "#packages"})
			for _, stage := range stages {
				if at := []string{name, stage}; !reached(stage) || !monotonic(g, at) {
					paths = append(paths, at)
				}
			}
		case "dockerfile":
			at := []string{name}
			if monotonic(g, at) {
				// One field is enough to tell whether the schema is unified with it.
				at = []string{name, "path"}
			}
			paths = append(paths, at)
		default:
			paths = append(paths, []string{name})
		}
	}
	return g.Part(paths...)
}

// monotonic tells whether a field stays what it is, once that is complete.
func monotonic(g *depend.Graph, field []string) bool {
	part, ok := g.Part(field)
	return ok && part.Monotonic
}

// sound tells whether nothing is wrong with a part of the package.
func (b *Builder) sound(part cue.Value) bool {
	if part.Validate(cue.Concrete(false)) != nil {
		return false
	}
	fields, err := part.Fields()
	for err == nil && fields.Next() {
		if err := fields.Value().Err(); err != nil && !b.waits(err) {
			return false
		}
	}
	return err == nil && len(b.untyped(part)) == 0
}
