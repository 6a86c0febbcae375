package support

import (
	"fmt"
	"slices"
	"strings"
)

// grid is a matrix laid out: one axis as columns, the others as rows.
type grid struct {
	// fixed are axes of one value, which need no row or column.
	fixed []string
	head  []string
	rows  [][]string
	// supported and all count combinations, left the rows without a supported
	// one that are not shown.
	supported, all, left int
	// notes are the rules that reject something that is shown, in the order of
	// their numbers.
	notes []Rule
}

// layout lays a matrix out. Unless whole is set, rows without a supported
// combination are left out: of a real matrix they are the greater part.
func layout(m *Matrix, width int, whole bool) grid {
	var g grid
	var rowAxes []int
	column := columnAxis(m, width)
	for i, a := range m.Axes {
		switch {
		case len(a.Values) == 1:
			g.fixed = append(g.fixed, a.Name+"="+a.Values[0].Name)
		case i != column:
			rowAxes = append(rowAxes, i)
			g.head = append(g.head, a.Name)
		}
	}
	if column >= 0 {
		for _, v := range m.Axes[column].Values {
			g.head = append(g.head, v.Name)
		}
	} else {
		g.head = append(g.head, "supported")
	}
	rows := map[string]*row{}
	var order []string
	for values, rejected := range m.Combinations {
		g.all++
		var names []string
		for _, i := range rowAxes {
			names = append(names, m.Axes[i].Values[values[i]].Name)
		}
		key := strings.Join(names, "\x00")
		r := rows[key]
		if r == nil {
			r = &row{names: names}
			rows[key] = r
			order = append(order, key)
		}
		r.cells = append(r.cells, slices.Clone(rejected))
		if len(rejected) == 0 {
			g.supported++
			r.supported = true
		}
		if column >= 0 {
			r.columns = append(r.columns, values[column])
		} else {
			r.columns = append(r.columns, 0)
		}
	}
	number := map[int]int{}
	for _, key := range order {
		r := rows[key]
		if !r.supported && !whole {
			g.left++
			continue
		}
		cells := make([]string, len(g.head)-len(r.names))
		for i, rejected := range r.cells {
			cells[r.columns[i]] = g.cell(m, rejected, number)
		}
		g.rows = append(g.rows, append(r.names, cells...))
	}
	return g
}

// row is one row while the combinations are gone through.
type row struct {
	names     []string
	cells     [][]int
	columns   []int
	supported bool
}

// cell is "yes", or the numbers of the rules that reject a combination.
func (g *grid) cell(m *Matrix, rejected []int, number map[int]int) string {
	if len(rejected) == 0 {
		return "yes"
	}
	var numbers []int
	for _, r := range rejected {
		if number[r] == 0 {
			g.notes = append(g.notes, m.Rules[r])
			number[r] = len(g.notes)
		}
		numbers = append(numbers, number[r])
	}
	slices.Sort(numbers)
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = fmt.Sprint(n)
	}
	return "[" + strings.Join(words, ",") + "]"
}

// columnAxis is the axis with the most values that fits as columns into a
// width, the last of several; -1 if none does.
func columnAxis(m *Matrix, width int) int {
	const gap = 2
	best, most := -1, 1
	for i, a := range m.Axes {
		total := 0
		for j, other := range m.Axes {
			if j == i || len(other.Values) == 1 {
				continue
			}
			widest := len(other.Name)
			for _, v := range other.Values {
				widest = max(widest, len(v.Name))
			}
			total += widest + gap
		}
		for _, v := range a.Values {
			total += max(len(v.Name), len("[1,2]")) + gap
		}
		if total <= width && len(a.Values) >= most && len(a.Values) > 1 {
			best, most = i, len(a.Values)
		}
	}
	return best
}
