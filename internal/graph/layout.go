package graph

import "slices"

// A box is something that takes up room: a node, the label of an edge, or the
// place where an edge passes a column that it has nothing to do with.
type box struct {
	// node and edge are indexes; -1 for what the box is not. A passage is neither.
	node, edge int
	column     int
	// w and h are the size, x and y the middle of the left side.
	w, h, x, y float64
	// before and after are the boxes that lines come from and go to.
	before, after []int
}

// line is the part of an edge between two boxes.
type line struct {
	from, to, edge int
	arrow          arrow
}

// arrow is the end of a line that has one.
type arrow int

const (
	noArrow arrow = iota
	atStart
	atEnd
)

// layout is a graph in columns, from left to right: each box is right of those
// that it is drawn from, and lines run between columns.
type layout struct {
	boxes   []box
	columns [][]int
	lines   []line
	w, h    float64
}

// arrange lays a graph out. It takes four steps: columns by the longest way to a
// node, passages for long edges, an order in each column that avoids crossings,
// and heights that keep lines straight.
func arrange(g Graph, size func(n Node) (w, h float64), label func(text string) (w, h float64)) layout {
	var l layout
	for i, n := range g.Nodes {
		w, h := size(n)
		l.boxes = append(l.boxes, box{node: i, edge: -1, w: w, h: h})
	}
	edges := forward(g)
	columns := columnsOf(g, edges)
	for i := range g.Nodes {
		l.boxes[i].column = columns[i]
	}
	l.route(g, edges, label)
	for i, b := range l.boxes {
		for len(l.columns) <= b.column {
			l.columns = append(l.columns, nil)
		}
		l.columns[b.column] = append(l.columns[b.column], i)
	}
	l.order()
	l.place()
	return l
}

// forward are the edges by their ends, turned around where they close a circle:
// groups of images may be built from each other.
func forward(g Graph) [][2]int {
	out := make([][2]int, len(g.Edges))
	after := make([][]int, len(g.Nodes))
	reaches := func(from, to int) bool {
		seen := make([]bool, len(g.Nodes))
		queue := []int{from}
		for len(queue) > 0 {
			at := queue[0]
			if queue = queue[1:]; at == to {
				return true
			}
			for _, next := range after[at] {
				if !seen[next] {
					seen[next] = true
					queue = append(queue, next)
				}
			}
		}
		return false
	}
	// Edges along the order of the nodes close no circle among themselves.
	for _, along := range []bool{true, false} {
		for i, e := range g.Edges {
			from, to := e.From, e.To
			if (from < to) != along {
				continue
			}
			if !along && reaches(to, from) {
				from, to = to, from
			}
			out[i] = [2]int{from, to}
			after[from] = append(after[from], to)
		}
	}
	return out
}

// columnsOf puts each node right of all that it uses, and what uses nothing
// right before the first that uses it. An edge with a label takes a column more.
func columnsOf(g Graph, edges [][2]int) []int {
	columns := make([]int, len(g.Nodes))
	span := func(i int) int {
		if g.Edges[i].Label != "" {
			return 2
		}
		return 1
	}
	for range g.Nodes {
		for i, e := range edges {
			columns[e[1]] = max(columns[e[1]], columns[e[0]]+span(i))
		}
	}
	for n := range g.Nodes {
		nearest := -1
		for i, e := range edges {
			if e[1] == n {
				nearest = -1
				break
			}
			if at := columns[e[1]] - span(i); e[0] == n && (nearest < 0 || at < nearest) {
				nearest = at
			}
		}
		columns[n] = max(columns[n], nearest)
	}
	return columns
}

// route draws edges from column to column. Edges of one kind that leave a node
// for columns far away share their way.
func (l *layout) route(g Graph, edges [][2]int, label func(string) (w, h float64)) {
	type passage struct {
		from, column int
		use          Use
		// turned is 1 + the edge if it goes from right to left: it shares nothing.
		turned int
	}
	shared := map[passage]int{}
	for i, e := range edges {
		at, end := e[0], l.boxes[e[1]].column
		key := passage{from: e[0], use: g.Edges[i].Use}
		start, last := noArrow, atEnd
		if g.Edges[i].From != e[0] {
			key.turned, start, last = 1+i, atStart, noArrow
		}
		for key.column = l.boxes[e[0]].column + 1; key.column < end; key.column++ {
			labelled := g.Edges[i].Label != "" && key.column == end-1
			next, ok := shared[key]
			if !ok || labelled {
				b := box{node: -1, edge: -1, column: key.column, h: passageHeight}
				next = len(l.boxes)
				if labelled {
					b.edge = i
					b.w, b.h = label(g.Edges[i].Label)
				} else {
					shared[key] = next
				}
				l.boxes = append(l.boxes, b)
			}
			l.join(line{at, next, i, start})
			at, start = next, noArrow
		}
		l.join(line{at, e[1], i, max(start, last)})
	}
}

// join draws a line. What leads to a passage is drawn once.
func (l *layout) join(n line) {
	if l.boxes[n.to].node < 0 && slices.Contains(l.boxes[n.from].after, n.to) {
		return
	}
	l.lines = append(l.lines, n)
	l.boxes[n.from].after = append(l.boxes[n.from].after, n.to)
	l.boxes[n.to].before = append(l.boxes[n.to].before, n.from)
}
