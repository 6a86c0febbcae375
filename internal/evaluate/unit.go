package evaluate

import (
	"slices"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
)

// unit is what is evaluated at once: a field, or some of the fields of one.
type unit struct {
	name string
	at   cue.Path
	// take takes the part that it is from a graph.
	take func(g *depend.Graph) (depend.Part, bool)
	// part refers to constants. It is there once taken is true, for whoever has to
	// evaluate the unit.
	part  depend.Part
	taken bool
	*needs
}

// needs are what a unit needs, for all evaluators of it.
type needs struct {
	// reads are the facts that it depends on, by itself or through constants.
	reads []depend.Read
	// single is whether no two variants have those in common, and nothing is to
	// be kept for others of this run.
	single bool
	// ok is false where only the whole stack will do.
	ok bool
}

func at(path []string) cue.Path {
	selectors := make([]cue.Selector, len(path))
	for i, name := range path {
		selectors[i] = cue.Str(name)
	}
	return cue.MakePath(selectors...)
}

// unit is the field at a path, or what part takes of it. Steps need the
// stack-wide settings if one of them may read those.
func (f *Filled) unit(name string, path []string, part func(g *depend.Graph, besides ...[]string) (depend.Part, bool)) *unit {
	if known, ok := f.units[name]; ok {
		return known
	}
	u := &unit{name: name, at: at(path), needs: &needs{}}
	f.units[name] = u
	if f.memo.Naive {
		return u
	}
	u.take = func(g *depend.Graph) (depend.Part, bool) {
		taken, ok := part(g)
		if path[0] == "stages" && slices.ContainsFunc(settled(), taken.Mentions) {
			taken, ok = part(g, []string{"stages", "#packages"})
		}
		return taken, ok
	}
	if known, ok := f.memo.needs.Load(name); ok {
		u.needs = known.(*needs)
		return u
	}
	var monotonic bool
	u.ok = f.ready(u)
	if u.reads, monotonic = u.part.AllReads(); !monotonic {
		u.reads = f.all()
	}
	u.single = f.memo.single(u.reads)
	f.memo.needs.Store(name, u.needs)
	return u
}

// ready takes the part that a unit is, unless that has been done. It is false
// where only the whole stack will do.
func (f *Filled) ready(u *unit) bool {
	if !u.taken {
		u.part, u.taken = u.take(f.builder.Graph().Folded())
	}
	return u.taken
}

// settled are the library steps that read the stack-wide settings.
func settled() []string { return []string{"install", "user_add"} }

// all are all facts of all axes.
func (f *Filled) all() []depend.Read {
	out := make([]depend.Read, len(f.variant.Values))
	for i, chosen := range f.variant.Values {
		out[i] = depend.Read{Axis: chosen.Axis}
	}
	return out
}
