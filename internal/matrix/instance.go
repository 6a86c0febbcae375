package matrix

import (
	"slices"

	"cuelang.org/go/cue"
)

// known is a value of an axis, or a fact of it, with those of its own facts that
// have been looked at: constraints look at the same ones again and again.
type known struct {
	value cue.Value
	facts map[string]*known
}

// fact is one of the facts, nil if there is no such.
func (k *known) fact(name string) *known {
	f, ok := k.facts[name]
	if !ok {
		if v := k.value.LookupPath(path(name)); v.Exists() {
			f = &known{value: v}
		}
		if k.facts == nil {
			k.facts = map[string]*known{}
		}
		k.facts[name] = f
	}
	return f
}

// isInstance tells whether a value is an instance of a constraint, and not merely
// unifiable with it: a fact that is null or absent matches nothing.
func (s *shape) isInstance(have *known) bool {
	return slices.ContainsFunc(s.choices, func(c choice) bool {
		if !c.isStruct || c.err != nil {
			return c.value.Subsume(have.value, cue.Final()) == nil
		}
		if have.value.IncompleteKind() != cue.StructKind {
			return false
		}
		// Field by field: CUE closes definitions, but what a value has more than
		// the constraint names does not matter.
		for _, e := range c.fields {
			if e.selector.ConstraintType() != 0 {
				continue
			}
			if fact := have.fact(e.selector.Unquoted()); fact == nil || !e.isInstance(fact) {
				return false
			}
		}
		return !c.patterns || c.value.Subsume(have.value, cue.Final()) == nil
	})
}
