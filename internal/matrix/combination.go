package matrix

import (
	"slices"
	"strings"
)

// A Combination holds one value of each axis, as indexes into Matrix.Axes and
// their Values.
type Combination []int

// A Variant is a combination that every rule supports.
type Variant struct {
	Combination Combination
	// Values are the chosen values, in the order of the axes.
	Values []Chosen
}

// Chosen is a value of an axis.
type Chosen struct {
	Axis  string
	Value string
}

// Value is the chosen value of an axis, empty if there is no such axis.
func (v Variant) Value(axis string) string {
	for _, c := range v.Values {
		if c.Axis == axis {
			return c.Value
		}
	}
	return ""
}

// String lists the values as the command line takes them: "cuda=13.0 os=ubuntu24.04".
func (v Variant) String() string {
	parts := make([]string, len(v.Values))
	for i, c := range v.Values {
		parts[i] = c.Axis + "=" + c.Value
	}
	return strings.Join(parts, " ")
}

func (m *Matrix) variant(c Combination) Variant {
	v := Variant{Combination: slices.Clone(c), Values: make([]Chosen, len(c))}
	for i, at := range c {
		value := m.Axes[i].Values[at]
		v.Values[i] = Chosen{Axis: m.Axes[i].Name, Value: value.Name}
	}
	return v
}

// axis is the index of an axis, -1 if there is none of that name.
func (m *Matrix) axis(name string) int {
	for i, a := range m.Axes {
		if a.Name == name {
			return i
		}
	}
	return -1
}

// all are the indexes of all axes.
func (m *Matrix) all() []int {
	all := make([]int, len(m.Axes))
	for i := range all {
		all[i] = i
	}
	return all
}

func (m *Matrix) axisNames() []string {
	names := make([]string, len(m.Axes))
	for i, a := range m.Axes {
		names[i] = a.Name
	}
	return names
}

func (a Axis) valueNames() []string {
	names := make([]string, len(a.Values))
	for i, v := range a.Values {
		names[i] = v.Name
	}
	return names
}
