package matrix

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/errors"
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

// isInstance reports whether a value meets a constraint: whether both together are
// valid, concrete and equal to the value. A fact that is null or absent meets none
// that does not say null.
func (s *shape) isInstance(have *known) bool {
	return slices.ContainsFunc(s.choices, func(c choice) bool {
		if !c.isStruct || c.err != nil {
			return meets(c.value, have.value)
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
		return !c.patterns && fits(c.value, have.value) || meets(c.value, have.value)
	})
}

// fits reports whether a struct and a constraint together are valid, but for fields
// that the constraint is closed to. Validators of the struct as a whole count here.
func fits(constraint, value cue.Value) bool {
	for _, e := range errors.Errors(constraint.Unify(value).Validate(cue.Concrete(true))) {
		if format, args := e.Msg(); !strings.Contains(fmt.Sprintf(format, args...), "field not allowed") {
			return false
		}
	}
	return true
}

// meets reports whether a value meets a constraint as a whole.
func meets(constraint, value cue.Value) bool {
	both := constraint.Unify(value)
	return both.Validate(cue.Concrete(true)) == nil && both.Equals(value)
}
