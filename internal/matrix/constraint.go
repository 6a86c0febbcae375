package matrix

import (
	"maps"
	"slices"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// A constraint is what `when`, `require`, `forbid` or a guarantee says, made
// into bits: CUE is asked once for each value of each axis that is named, and a
// combination is then a matter of looking up bits.
type constraint struct {
	m    *Matrix
	path cue.Path
	// axes are the indexes of the axes that decide it, in order: those it
	// names and those it reads by `variant`.
	axes []int
	// reads are the axes it reads by `variant`. Its bits are worked out anew
	// for each choice of their values.
	reads []int
	// tables holds the bits for each choice of the values of reads.
	tables []table
}

// table is the arms of a constraint, of which one must hold.
type table []arm

// arm is a part of a constraint for each axis that it names.
type arm []bits

// bits tells which values of an axis are instances.
type bits struct {
	axis     int
	instance []bool
}

// newConstraint reads the constraint at a path, and reports axes and facts
// that do not exist: they would make it silently never apply.
func (m *Matrix) newConstraint(path cue.Path) (*constraint, diag.List) {
	reads, list := m.reads(m.root.LookupPath(path))
	c := &constraint{m: m, path: path, reads: sorted(reads)}
	if len(list) > 0 {
		return c, list
	}
	deciding := maps.Clone(reads)
	var failures []diag.List
	m.product(c.reads, func(at Combination) bool {
		t, found, failed := c.build(at, deciding)
		c.tables = append(c.tables, t)
		list = append(list, found...)
		failures = append(failures, failed)
		return true
	})
	c.axes = sorted(deciding)
	// What cannot be worked out for some of the values that are read, because
	// a fact is null there, does not apply to them. It must do for one.
	list = append(list, common(failures)...)
	return c, list.Sorted()
}

// holds tells whether a combination is an instance of the constraint. Only the
// axes of c.axes need be chosen.
func (c *constraint) holds(at Combination) bool {
	// The tables are in the order in which product goes through the choices.
	choice := 0
	for _, i := range c.reads {
		choice = choice*len(c.m.Axes[i].Values) + at[i]
	}
	return slices.ContainsFunc(c.tables[choice], func(a arm) bool {
		for _, b := range a {
			if !b.instance[at[b.axis]] {
				return false
			}
		}
		return true
	})
}

// build works the bits out, with the axes that the constraint reads filled in.
// It adds the axes that are named to deciding, and reports what they are not
// and what CUE cannot work out.
func (c *constraint) build(at Combination, deciding map[int]bool) (t table, list, failed diag.List) {
	for _, v := range arms(c.m.fill(c.reads, at).LookupPath(c.path)) {
		if err := settled(v); err != nil {
			// With all axes filled in, the axes that there are can be named.
			failed = append(failed, c.m.positions.Convert(err, c.m.fill(c.m.all(), at), diag.CodeEvaluation)...)
			continue
		}
		list = append(list, c.m.check(v, deciding)...)
		var a arm
		for i, axis := range c.m.Axes {
			want := v.LookupPath(cue.MakePath(cue.Str(axis.Name)))
			if !want.Exists() {
				continue
			}
			b := bits{axis: i, instance: make([]bool, len(axis.Values))}
			for j, value := range axis.Values {
				b.instance[j] = instance(want, value.CUE)
			}
			a = append(a, b)
		}
		t = append(t, a)
	}
	return t, list, failed
}

// fill is the stack with the values of some axes filled in.
func (m *Matrix) fill(axes []int, at Combination) cue.Value {
	if len(axes) == 0 {
		return m.root
	}
	hole := m.empty
	for _, i := range axes {
		axis := m.Axes[i]
		hole = hole.FillPath(cue.MakePath(cue.Str(axis.Name)), axis.Values[at[i]].CUE)
	}
	// One fill of the whole hole: each one evaluates the stack anew.
	return m.root.FillPath(cue.ParsePath("variant"), hole)
}

// arms splits a disjunction over axes: `{os: A, cuda: 12} | {os: B}` holds if
// one of them does, which cannot be decided axis by axis. CUE has multiplied
// out what is unified with it.
func arms(v cue.Value) []cue.Value {
	if op, parts := v.Eval().Expr(); op == cue.OrOp {
		return parts
	}
	return []cue.Value{v}
}

// settled is the first error in a constraint.
func settled(v cue.Value) error {
	if err := v.Err(); err != nil {
		return err
	}
	for _, arm := range arms(v) {
		if arm.IncompleteKind() != cue.StructKind {
			continue
		}
		fields, err := arm.Fields()
		if err != nil {
			return err
		}
		for fields.Next() {
			if err := settled(fields.Value()); err != nil {
				return err
			}
		}
	}
	return nil
}

// instance tells whether a value is an instance of a constraint, and not merely
// unifiable with it: a fact that is null or absent matches nothing.
func instance(want, have cue.Value) bool {
	return slices.ContainsFunc(arms(want), func(arm cue.Value) bool {
		fields, err := arm.Fields(cue.Patterns(true))
		if arm.IncompleteKind() != cue.StructKind || err != nil {
			return arm.Subsume(have, cue.Final()) == nil
		}
		if have.IncompleteKind() != cue.StructKind {
			return false
		}
		// Field by field: CUE closes definitions, but what a value has more than
		// the constraint names does not matter.
		for fields.Next() {
			if fields.Selector().ConstraintType() == cue.PatternConstraint {
				return arm.Subsume(have, cue.Final()) == nil
			}
			if fact := have.LookupPath(cue.MakePath(fields.Selector())); !fact.Exists() || !instance(fields.Value(), fact) {
				return false
			}
		}
		return true
	})
}

// common are the findings that all of the lists hold.
func common(lists []diag.List) diag.List {
	type key struct {
		code    diag.Code
		span    source.Span
		message string
	}
	count := map[key]int{}
	var out diag.List
	for _, list := range lists {
		for _, d := range list.Sorted() {
			k := key{d.Code, d.Span, d.Message}
			if count[k]++; count[k] == len(lists) {
				out = append(out, d)
			}
		}
	}
	return out
}
