package matrix

import (
	"fmt"
	"slices"

	"cuelang.org/go/cue"
)

// shape is a constraint as it is written. It is read once: CUE sorts the fields
// of a struct whenever it is asked for them.
type shape struct {
	value cue.Value
	// choices are the alternatives of a disjunction, or the value itself.
	choices []choice
}

// choice is one of the alternatives of a constraint.
type choice struct {
	value    cue.Value
	isStruct bool
	// fields are those of a struct, also those that are marked with ? or !. err
	// is why they cannot be told.
	fields []entry
	err    error
	// patterns is whether it is a struct that has some.
	patterns bool
	// validators are those that a struct as a whole is held against, such as
	// struct.MinFields(2).
	validators []cue.Value
}

// entry is a field of a constraint. What is marked is not looked into.
type entry struct {
	selector cue.Selector
	*shape
}

func newShape(v cue.Value) *shape {
	s := &shape{value: v}
	for _, arm := range arms(v) {
		s.choices = append(s.choices, newChoice(arm))
	}
	return s
}

// arms splits a disjunction over axes: `{os: A, cuda: 12} | {os: B}` holds if
// one of them does, which cannot be decided axis by axis. CUE has multiplied
// out what is unified with it.
func arms(v cue.Value) []cue.Value {
	// An alternative as it is written still has its validators.
	if op, parts := v.Expr(); op == cue.OrOp {
		var out []cue.Value
		for _, p := range parts {
			out = append(out, arms(p)...)
		}
		return out
	}
	if op, parts := v.Eval().Expr(); op == cue.OrOp {
		return parts
	}
	return []cue.Value{v}
}

func newChoice(v cue.Value) choice {
	c := choice{value: v, isStruct: v.IncompleteKind() == cue.StructKind}
	if c.isStruct {
		c.validators = validators(v)
		c.read()
	}
	return c
}

// validators are the calls that a struct is unified with.
func validators(v cue.Value) []cue.Value {
	switch op, parts := v.Expr(); op {
	case cue.AndOp:
		var out []cue.Value
		for _, p := range parts {
			out = append(out, validators(p)...)
		}
		return out
	case cue.CallOp:
		// Whether a struct is closed does not matter: facts that a constraint does
		// not name are not constrained.
		if fmt.Sprint(parts[0]) != "close" {
			return []cue.Value{v}
		}
	}
	return nil
}

// broken is the first error, of those that do not come of null, in an alternative of
// a constraint. CUE would leave that alternative out in silence.
func broken(v cue.Value) error {
	op, parts := v.Expr()
	if op != cue.OrOp {
		return nil
	}
	for _, p := range parts {
		if err := newShape(p).settled(); err != nil && !ofNull(err) {
			return err
		}
		if err := broken(p); err != nil {
			return err
		}
	}
	return nil
}

// read reads the fields.
func (c *choice) read() {
	options := []cue.Option{cue.Optional(true)}
	if settled, _ := c.value.Default(); settled.Kind() == cue.StructKind {
		// Asked for patterns, CUE has no error for what is no struct.
		options = append(options, cue.Patterns(true))
	}
	var fields *cue.Iterator
	fields, c.err = c.value.Fields(options...)
	for c.err == nil && fields.Next() {
		e := entry{selector: fields.Selector(), shape: &shape{value: fields.Value()}}
		switch e.selector.ConstraintType() {
		case cue.PatternConstraint:
			c.patterns = true
			continue
		case 0:
			e.shape = newShape(fields.Value())
		}
		c.fields = append(c.fields, e)
	}
}

// whole is the value itself, with its fields, whatever it is.
func (s *shape) whole() choice {
	c := choice{value: s.value}
	if len(s.choices) == 1 {
		c = s.choices[0]
	}
	if c.fields == nil {
		c.read()
	}
	return c
}

// field is the field of a name, nil if there is none that is not marked.
func (c *choice) field(name string) *shape {
	for _, e := range c.fields {
		if e.selector.ConstraintType() == 0 && e.selector.Unquoted() == name {
			return e.shape
		}
	}
	return nil
}

// settled is the first error in a constraint, or in what a validator is called
// with: CUE holds values against such a validator, and they never meet it.
func (s *shape) settled() error {
	if err := called(s.value); err != nil {
		return err
	}
	// What has a kind is no error. A struct that does not meet a validator by itself
	// may do so with the facts of a value.
	if s.value.Kind() == cue.BottomKind && !s.validated() {
		if err := s.value.Err(); err != nil {
			return err
		}
	}
	for _, c := range s.choices {
		if c.err != nil && len(c.validators) == 0 {
			return c.err
		}
		for _, e := range c.fields {
			switch e.selector.ConstraintType() {
			case 0:
				if err := e.settled(); err != nil {
					return err
				}
			case cue.RequiredConstraint:
				if err := c.required(e.selector.Unquoted()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// validated reports whether a struct is held against validators as a whole.
func (s *shape) validated() bool {
	return slices.ContainsFunc(s.choices, func(c choice) bool { return len(c.validators) > 0 })
}

// called is the first error in the arguments of calls that a constraint is made of.
func called(v cue.Value) error {
	op, parts := v.Expr()
	switch op {
	case cue.AndOp, cue.OrOp:
	case cue.CallOp:
		parts = parts[1:]
		for _, p := range parts {
			if err := p.Err(); err != nil && p.Kind() == cue.BottomKind && p.IncompleteKind() == cue.BottomKind {
				return err
			}
			if items, err := p.List(); err == nil {
				for items.Next() {
					if err := items.Value().Err(); err != nil && items.Value().IncompleteKind() == cue.BottomKind {
						return err
					}
				}
			}
		}
	default:
		return nil
	}
	for _, p := range parts {
		if err := called(p); err != nil {
			return err
		}
	}
	return nil
}

// required is what CUE says of a field that is required and is not there.
func (c *choice) required(name string) error {
	fields, err := c.value.Fields()
	for err == nil && fields.Next() {
		if fields.Selector().Unquoted() == name {
			return fields.Value().Err()
		}
	}
	return err
}
