package compile

import (
	"encoding/json"
	"slices"
	"strings"

	"stagecue.dev/internal/bake"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/index"
)

// Indexes are the indexes of a run without errors, in order of their stacks.
// They hold what the files leave out: parents of other stacks.
func (r *Result) Indexes() []*index.Index {
	var out []*index.Index
	byStack := map[*images.Stack][]images.Image{}
	var order []*images.Stack
	for _, image := range r.Images {
		if byStack[image.Stack] == nil {
			order = append(order, image.Stack)
		}
		byStack[image.Stack] = append(byStack[image.Stack], image)
	}
	for _, s := range order {
		out = append(out, index.Of(s.Name, nil, byStack[s], bake.Name))
	}
	slices.SortFunc(out, func(a, b *index.Index) int { return strings.Compare(a.Stack, b.Stack) })
	return out
}

// indexFile is the index of a stack.
func indexFile(_ *written, s writtenStack) ([]File, diag.List) {
	text, err := index.OwnText(s.stack.Name, s.indexAxes(), s.built, bake.Name, header.From(s.stack.Dir))
	if err != nil {
		return nil, diag.List{s.failed("", err)}
	}
	return []File{{Kind: KindIndex, Path: s.stack.Name + "/" + index.Name, Stack: s.stack.Name, Text: text}}, nil
}

// indexAxes are the axes of the stack with the facts of their values.
func (c *compiler) indexAxes() []index.Axis {
	out := []index.Axis{}
	for _, a := range c.matrix.Axes {
		axis := index.Axis{Name: a.Name, Values: []index.Value{}}
		for _, v := range a.Values {
			value := index.Value{Name: v.Name, Facts: map[string]any{}}
			// Decoded and encoded again, they are in order; numbers stay as they are.
			decoder := json.NewDecoder(strings.NewReader(string(c.images.Facts(a.Name, v.Name))))
			decoder.UseNumber()
			_ = decoder.Decode(&value.Facts) // what is no JSON was an error of the matrix's
			axis.Values = append(axis.Values, value)
		}
		out = append(out, axis)
	}
	return out
}
