package support

import (
	"cmp"
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

// layout lays a matrix out in a width: the axis with the most values makes the
// columns, as long as that fits. Unless whole is set, rows without a supported
// combination are left out: of a real matrix they are the greater part. Names
// of axes and values go through shown.
func layout(m *Matrix, width int, whole bool, shown func(string) string) grid {
	for _, column := range columnAxes(m) {
		if g := layoutBy(m, column, whole, shown); g.width() <= width {
			return g
		}
	}
	return layoutBy(m, -1, whole, shown)
}

// layoutBy lays a matrix out with the values of one axis as columns, or with
// one column that says what is supported.
func layoutBy(m *Matrix, column int, whole bool, shown func(string) string) grid {
	var g grid
	var rowAxes []int
	for i, a := range m.Axes {
		switch {
		case len(a.Values) == 1:
			g.fixed = append(g.fixed, shown(a.Name+"="+a.Values[0].Name))
		case i != column:
			rowAxes = append(rowAxes, i)
			g.head = append(g.head, shown(a.Name))
		}
	}
	if column >= 0 {
		for _, v := range m.Axes[column].Values {
			g.head = append(g.head, shown(v.Name))
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
			names = append(names, shown(m.Axes[i].Values[values[i]].Name))
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

// gap is the number of blanks between two columns.
const gap = 2

// width is the number of columns of a terminal that the table takes.
func (g *grid) width() int {
	widest := make([]int, len(g.head))
	for _, line := range append([][]string{g.head}, g.rows...) {
		for i, cell := range line {
			widest[i] = max(widest[i], len(cell))
		}
	}
	total := -gap
	for _, w := range widest {
		total += w + gap
	}
	return total
}

// columnAxes are the axes that could make the columns, those with the most
// values first, the last of several that have as many.
func columnAxes(m *Matrix) []int {
	var out []int
	for i := len(m.Axes) - 1; i >= 0; i-- {
		if len(m.Axes[i].Values) > 1 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(len(m.Axes[b].Values), len(m.Axes[a].Values)) })
	return out
}
