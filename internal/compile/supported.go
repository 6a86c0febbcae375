package compile

import (
	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
)

// few is how many variants are kept as such. More of them have so much in common
// that they are put together from what is kept of parts in as little time.
const few = 1000

// supported reads the matrix of the stack, and which variants it has. Without
// errors in the list, they can be evaluated.
func (c *compiler) supported(b *load.Builder) (*matrix.Matrix, []matrix.Variant, diag.List) {
	m, list := c.readMatrix(b)
	if list.Errors() > 0 {
		return nil, nil, list
	}
	variants, found := m.Variants()
	list = append(append(list, found...), m.Broken()...)
	c.memo = evaluate.NewMemo(m)
	c.memo.Naive, c.memo.Parts = c.naive, c.kept.parts
	if len(variants) <= few {
		c.memo.Variants = c.kept.variants
	}
	c.images = imageStack(c.stack, m)
	c.matrix = m
	return m, variants, list
}

func (c *compiler) readMatrix(b *load.Builder) (*matrix.Matrix, diag.List) {
	if c.naive {
		return matrix.New(b.Whole(), c.module.Positions, nil, nil)
	}
	return readMatrix(b, c.module.Positions, c.kept.variants)
}

// readMatrix reads a matrix from the part of a stack that it takes. What is
// wrong with it is explained from the whole.
func readMatrix(b *load.Builder, positions *cuediag.Positions, kept *evaluate.Kept) (*matrix.Matrix, diag.List) {
	axes, content, ok := b.Axes()
	if !ok {
		return matrix.New(b.Whole(), positions, nil, nil)
	}
	var m *matrix.Matrix
	decided, ok := evaluate.Keep(kept, "matrix", content, func() (map[string]matrix.Decided, bool) {
		read, list := matrix.New(axes, positions, nil, evaluate.Entry(b))
		if len(list) > 0 {
			return nil, false
		}
		m = read
		return read.Decided(), true
	})
	if !ok {
		return matrix.New(b.Whole(), positions, nil, nil)
	}
	if m == nil {
		m, _ = matrix.New(axes, positions, decided, evaluate.Entry(b))
	}
	return m, nil
}
