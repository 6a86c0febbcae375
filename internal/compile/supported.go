package compile

import (
	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
)

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
	c.memo.Naive = c.naive
	c.images = imageStack(c.stack, m)
	c.matrix = m
	return m, variants, list
}

func (c *compiler) readMatrix(b *load.Builder) (*matrix.Matrix, diag.List) {
	if c.naive {
		return matrix.New(b.Whole(), c.module.Positions, nil)
	}
	return readMatrix(b, c.module.Positions)
}

// readMatrix reads a matrix from the part of a stack that it takes. What is
// wrong with it is explained from the whole.
func readMatrix(b *load.Builder, positions *cuediag.Positions) (*matrix.Matrix, diag.List) {
	if axes, ok := b.Axes(); ok {
		if m, list := matrix.New(axes, positions, evaluate.Entry(b)); len(list) == 0 {
			return m, nil
		}
	}
	return matrix.New(b.Whole(), positions, nil)
}
