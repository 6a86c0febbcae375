package matrix

import (
	"maps"
	"slices"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
)

// A constraint is what `when`, `require`, `forbid` or a guarantee says, made
// into bits: CUE is asked once for each value of each axis that is named, and a
// combination is then a matter of looking up bits.
type constraint struct {
	m    *Matrix
	path cue.Path
	// Axes are the indexes of the axes that decide it, in order: those it
	// names and those it reads by `variant`.
	Axes []int
	// Reads are the axes it reads by `variant`. Its bits are worked out anew
	// for each choice of their values.
	Reads []int
	// Tables holds the arms for each choice of the values of Reads. One of them
	// must hold.
	Tables [][]Arm
}

// An Arm is a part of a constraint for each axis that it names.
type Arm []Bits

// Bits say which values of an axis are instances.
type Bits struct {
	Axis     int
	Instance []bool
}

// newConstraint reads the constraint at a path, and reports axes and facts
// that do not exist: they would make it silently never apply.
func (m *Matrix) newConstraint(path cue.Path) (*constraint, diag.List) {
	reads, list := m.reads(m.root.LookupPath(path))
	c := &constraint{m: m, path: path}
	c.Reads = sorted(reads)
	if len(list) > 0 {
		return c, list
	}
	deciding := maps.Clone(reads)
	failures := &failures{constraint: c}
	m.product(c.Reads, func(at Combination) bool {
		t, found, failed := c.build(at, deciding)
		c.Tables = append(c.Tables, t)
		list = append(list, found...)
		failures.add(at, failed)
		return true
	})
	c.Axes = sorted(deciding)
	list = append(list, failures.findings()...)
	return c, list.Sorted()
}

// holds reports whether a combination is an instance of the constraint. Only the
// axes of Axes need be chosen.
func (c *constraint) holds(at Combination) bool {
	// The tables are in the order in which product goes through the choices.
	choice := 0
	for _, i := range c.Reads {
		choice = choice*len(c.m.Axes[i].Values) + at[i]
	}
	return slices.ContainsFunc(c.Tables[choice], func(a Arm) bool {
		for _, b := range a {
			if !b.Instance[at[b.Axis]] {
				return false
			}
		}
		return true
	})
}

// build works the bits out, with the axes that the constraint reads filled in.
// It adds the axes that are named to deciding, and reports what they are not
// and what CUE cannot work out. What is wrong is explained from the whole stack.
func (c *constraint) build(at Combination, deciding map[int]bool) (t []Arm, list diag.List, failed []error) {
	if v, ok := c.alone(at); ok {
		if t, list, failed := c.table(v, at, deciding); len(list)+len(failed) == 0 {
			return t, nil, nil
		}
	}
	return c.table(c.m.fill(c.Reads, at).LookupPath(c.path), at, deciding)
}

// alone is the constraint without the rest of the stack, if axes are to be
// filled in and that can be done.
func (c *constraint) alone(at Combination) (cue.Value, bool) {
	if len(c.Reads) == 0 || c.m.entry == nil {
		return cue.Value{}, false
	}
	chosen := make([]Chosen, len(c.Reads))
	for k, i := range c.Reads {
		chosen[k] = Chosen{c.m.Axes[i].Name, c.m.Axes[i].Values[at[i]].Name}
	}
	selectors := c.path.Selectors()
	v, ok := c.m.entry([]string{selectors[0].Unquoted(), selectors[1].Unquoted()}, chosen)
	return v.LookupPath(cue.MakePath(selectors[2:]...)), ok
}

// table is build for a value of the constraint.
func (c *constraint) table(v cue.Value, at Combination, deciding map[int]bool) (t []Arm, list diag.List, failed []error) {
	if err := broken(v); err != nil {
		return nil, nil, []error{err}
	}
	for _, v := range arms(v) {
		want := newShape(v)
		if err := want.settled(); err != nil {
			failed = append(failed, err)
			continue
		}
		whole := want.whole()
		list = append(list, c.m.check(whole, deciding)...)
		var a Arm
		for i, axis := range c.m.Axes {
			want := whole.field(axis.Name)
			if want == nil {
				continue
			}
			b := Bits{Axis: i, Instance: make([]bool, len(axis.Values))}
			for j, value := range axis.Values {
				b.Instance[j] = want.isInstance(value.known)
			}
			a = append(a, b)
		}
		t = append(t, a)
	}
	return t, list, failed
}

// fill is the stack with the values of some axes filled in.
func (m *Matrix) fill(axes []int, at Combination) cue.Value {
	variant := cue.Str("variant")
	switch len(axes) {
	case 0:
		return m.root
	case 1:
		axis := m.Axes[axes[0]]
		return m.root.FillPath(cue.MakePath(variant, cue.Str(axis.Name)), axis.Values[at[axes[0]]].CUE)
	}
	hole := m.empty
	for _, i := range axes {
		axis := m.Axes[i]
		hole = hole.FillPath(path(axis.Name), axis.Values[at[i]].CUE)
	}
	// One fill of the whole hole: each one evaluates the stack anew.
	return m.root.FillPath(cue.MakePath(variant), hole)
}
