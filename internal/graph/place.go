package graph

import (
	"cmp"
	"slices"
)

const (
	// rowGap is the room between boxes of a column.
	rowGap = 14.0
	// leastGap and mostGap are the room between columns, where lines bend. Each
	// line widens it by lineGap.
	leastGap, mostGap, lineGap = 48.0, 200.0, 4.0
	// passageHeight is the room that a line takes.
	passageHeight = 2.0
	// sweeps is how often order and place go through the columns.
	sweeps = 12
)

// order sorts the boxes of each column by where their lines come from, then by
// where they go, and so on. Of all that it has seen it keeps the order with the
// fewest crossings.
func (l *layout) order() {
	best, fewest := l.clone(), l.crossings()
	for sweep := range sweeps {
		rank := make([]float64, len(l.boxes))
		for i := range l.columns {
			column, neighbours := l.columns[i], func(b box) []int { return b.before }
			if sweep%2 == 1 {
				column, neighbours = l.columns[len(l.columns)-1-i], func(b box) []int { return b.after }
			}
			l.sort(column, rank, neighbours)
		}
		if n := l.crossings(); n < fewest {
			best, fewest = l.clone(), n
		}
	}
	l.columns = best
}

// sort orders a column by the mean of the ranks of its neighbours in the column
// that was sorted before. A box without any stays where it is.
func (l *layout) sort(column []int, rank []float64, neighbours func(box) []int) {
	wanted := map[int]float64{}
	for at, i := range column {
		wanted[i] = float64(at)
		if list := neighbours(l.boxes[i]); len(list) > 0 {
			wanted[i] = 0
			for _, n := range list {
				wanted[i] += rank[n] / float64(len(list))
			}
		}
	}
	slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(wanted[a], wanted[b]) })
	for at, i := range column {
		rank[i] = float64(at)
	}
}

func (l *layout) clone() [][]int {
	out := make([][]int, len(l.columns))
	for i, column := range l.columns {
		out[i] = slices.Clone(column)
	}
	return out
}

// crossings counts pairs of lines between the same columns that cross.
func (l *layout) crossings() int {
	rank := make([]int, len(l.boxes))
	for _, column := range l.columns {
		for at, i := range column {
			rank[i] = at
		}
	}
	between := make([][]line, len(l.columns))
	for _, line := range l.lines {
		column := l.boxes[line.from].column
		between[column] = append(between[column], line)
	}
	n := 0
	for _, lines := range between {
		slices.SortFunc(lines, func(a, b line) int {
			return cmp.Or(cmp.Compare(rank[a.from], rank[b.from]), cmp.Compare(rank[a.to], rank[b.to]))
		})
		// ends are the ranks where the lines so far end, in order: a line crosses
		// those of them that end below it.
		var ends []int
		for _, line := range lines {
			at, _ := slices.BinarySearch(ends, rank[line.to]+1)
			n += len(ends) - at
			ends = slices.Insert(ends, at, rank[line.to])
		}
	}
	return n
}

// place gives each box its coordinates: all of a column are as wide as the widest,
// and their heights as near to those of the neighbours as the order allows.
func (l *layout) place() {
	gap := make([]float64, len(l.columns))
	for _, line := range l.lines {
		gap[l.boxes[line.from].column] += lineGap
	}
	for at, column := range l.columns {
		widest := 0.0
		y := 0.0
		for _, i := range column {
			b := &l.boxes[i]
			b.x, b.y = l.w, y+b.h/2
			y += b.h + rowGap
			widest = max(widest, b.w)
		}
		for _, i := range column {
			l.boxes[i].w = widest // so that lines bend between columns only
		}
		if l.w += widest; at < len(l.columns)-1 {
			l.w += min(max(gap[at], leastGap), mostGap)
		}
	}
	for sweep := range sweeps {
		for i := range l.columns {
			column, neighbours := l.columns[i], func(b box) []int { return b.before }
			if sweep%2 == 1 {
				column, neighbours = l.columns[len(l.columns)-1-i], func(b box) []int { return b.after }
			}
			l.level(column, neighbours)
		}
	}
	l.moveToOrigin()
}

// level moves the boxes of a column as near to the mean height of their
// neighbours as possible without changing their order: the sum of the squares
// of what is missing is least. Boxes that would overlap are moved as a block.
func (l *layout) level(column []int, neighbours func(box) []int) {
	type block struct {
		sum float64
		n   int
	}
	var blocks []block
	// offset is how far a box is at least below the first of its column.
	offset := make([]float64, len(column))
	for at, i := range column {
		b := l.boxes[i]
		if at > 0 {
			offset[at] = offset[at-1] + (l.boxes[column[at-1]].h+b.h)/2 + rowGap
		}
		wanted := b.y
		if list := neighbours(b); len(list) > 0 {
			wanted = 0
			for _, n := range list {
				wanted += l.boxes[n].y / float64(len(list))
			}
		}
		blocks = append(blocks, block{wanted - offset[at], 1})
		for len(blocks) > 1 {
			last, before := blocks[len(blocks)-1], blocks[len(blocks)-2]
			if before.sum/float64(before.n) <= last.sum/float64(last.n) {
				break
			}
			blocks = append(blocks[:len(blocks)-2], block{before.sum + last.sum, before.n + last.n})
		}
	}
	at := 0
	for _, b := range blocks {
		for range b.n {
			l.boxes[column[at]].y = b.sum/float64(b.n) + offset[at]
			at++
		}
	}
}

// moveToOrigin has the highest box begin at 0.
func (l *layout) moveToOrigin() {
	if len(l.boxes) == 0 {
		return
	}
	top, bottom := l.boxes[0].y, l.boxes[0].y
	for _, b := range l.boxes {
		top, bottom = min(top, b.y-b.h/2), max(bottom, b.y+b.h/2)
	}
	for i := range l.boxes {
		l.boxes[i].y -= top
	}
	l.h = bottom - top
}
