package compile

import (
	"cmp"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/rope"
	"stagecue.dev/internal/support"
)

// supportMatrix is a matrix to be shown, without the facts of its values.
func supportMatrix(stack string, m *matrix.Matrix) *support.Matrix {
	out := &support.Matrix{
		Stack: stack, Combinations: m.All(),
		Rejects: func(rule int, values []int) bool { return m.Rejects(rule, values) },
	}
	for _, a := range m.Axes {
		axis := support.Axis{Name: a.Name}
		for _, v := range a.Values {
			axis.Values = append(axis.Values, support.Value{Name: v.Name})
		}
		out.Axes = append(out.Axes, axis)
	}
	for _, r := range m.Rules() {
		out.Rules = append(out.Rules, support.Rule{Name: r.Name, Because: r.Because, See: r.See, Span: r.Span, Axes: r.Axes})
	}
	return out
}

// supportPage says what there is of a stack, and what there is not.
func supportPage(_ *written, s writtenStack) ([]File, diag.List) {
	page := &support.Page{Header: header.From(s.stack.Dir), Matrix: supportMatrix(s.stack.Name, s.matrix), Images: make([]support.Image, 0, len(s.built))}
	for _, image := range inOrder(s.built, s.matrix) {
		values := make([]string, len(image.Values))
		for i, v := range image.Values {
			values[i] = v.Value
		}
		for _, t := range image.Plan.Targets {
			row := support.Image{
				Values: values, Path: strings.TrimPrefix(image.Path, s.stack.Name+"/"),
				Target: t.Stage, Default: t.Stage == image.Plan.Default, Description: t.Description,
				Tags: t.Tags, Platforms: t.Platforms,
			}
			if in, ok := image.Inputs.Target(t.Stage); ok {
				row.From = in.Images()
			}
			page.Images = append(page.Images, row)
		}
	}
	var text pieces
	if err := support.WritePage(&text, page); err != nil {
		return nil, diag.List{s.failed("", err)}
	}
	return []File{{Kind: KindSupport, Path: s.stack.Name + "/" + support.PageName, Stack: s.stack.Name, Text: rope.Rope(text)}}, nil
}

// pieces is a text as it is written.
type pieces rope.Rope

func (p *pieces) Write(text []byte) (int, error) { return p.WriteString(string(text)) }

func (p *pieces) WriteString(text string) (int, error) {
	*p = append(*p, text)
	return len(text), nil
}

// inOrder puts images in the order of the values of their axes, then by path.
func inOrder(all []images.Image, m *matrix.Matrix) []images.Image {
	ranks := make([]map[string]int, len(m.Axes))
	for i, a := range m.Axes {
		ranks[i] = map[string]int{}
		for rank, v := range a.Values {
			ranks[i][v.Name] = rank
		}
	}
	type placed struct {
		image images.Image
		at    []int
	}
	rows := make([]placed, len(all))
	for k, image := range all {
		at := make([]int, len(image.Values))
		for i, v := range image.Values {
			at[i] = ranks[i][v.Value]
		}
		rows[k] = placed{image, at}
	}
	slices.SortFunc(rows, func(a, b placed) int {
		return cmp.Or(slices.Compare(a.at, b.at), strings.Compare(a.image.Path, b.image.Path))
	})
	out := make([]images.Image, len(rows))
	for k, row := range rows {
		out[k] = row.image
	}
	return out
}
