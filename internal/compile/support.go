package compile

import (
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/header"
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
	page := &support.Page{Header: header.From(s.stack.Dir), Matrix: supportMatrix(s.stack.Name, s.matrix)}
	for _, image := range s.built {
		for _, t := range image.Plan.Targets {
			row := support.Image{
				Path:   strings.TrimPrefix(image.Path, s.stack.Name+"/"),
				Target: t.Stage, Default: t.Stage == image.Plan.Default, Description: t.Description,
				Tags: t.Tags, Platforms: t.Platforms,
			}
			for _, v := range image.Values {
				row.Values = append(row.Values, v.Value)
			}
			if in, ok := image.Inputs.Target(t.Stage); ok {
				row.From = in.Images()
			}
			page.Images = append(page.Images, row)
		}
	}
	slices.SortStableFunc(page.Images, page.Matrix.Order)
	var b strings.Builder
	if err := support.WritePage(&b, page); err != nil {
		return nil, diag.List{s.failed("", err)}
	}
	return []File{{Kind: KindSupport, Path: s.stack.Name + "/" + support.PageName, Stack: s.stack.Name, Text: rope.Of(b.String())}}, nil
}
