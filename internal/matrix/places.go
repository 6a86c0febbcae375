package matrix

import (
	"slices"

	"stagecue.dev/internal/source"
)

// Indexes are those of an axis and of a value of it, -1 for what there is not.
func (m *Matrix) Indexes(axis, value string) (i, j int) {
	if i = m.axis(axis); i < 0 {
		return -1, -1
	}
	return i, slices.Index(m.Axes[i].valueNames(), value)
}

// AxisSpan is where an axis stands.
func (m *Matrix) AxisSpan(i int) source.Span {
	return m.positions.Label(m.Axes[i].value, m.Axes[i].Name)
}

// ValueSpan is where a value of an axis stands.
func (m *Matrix) ValueSpan(i, j int) source.Span {
	v := m.Axes[i].Values[j]
	return m.positions.Label(v.CUE, v.Name)
}
