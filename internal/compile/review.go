package compile

import (
	"context"
	"fmt"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/review"
	"stagecue.dev/internal/source"
)

// Review compares what Run has compiled without errors with an earlier state.
func Review(ctx context.Context, result *Result, base string, old []review.Variant, notes []string) (review.Review, diag.List) {
	r := &reviewed{matrices: map[string]*StackMatrix{}, old: map[string]map[dockerfile.Pair]bool{}}
	for _, c := range result.compilers {
		r.matrices[c.stack.Name] = &StackMatrix{matrix: c.matrix, module: c.module, stack: c.stack, evaluator: c.evaluator}
	}
	for _, v := range old {
		if r.old[v.Stack] == nil {
			r.old[v.Stack] = map[dockerfile.Pair]bool{}
		}
		for _, p := range v.Values {
			r.old[v.Stack][p] = true
			r.old[v.Stack][dockerfile.Pair{Name: p.Name}] = true
		}
	}
	out := review.Run(review.Input{
		Base: base, Old: old, New: reviewVariants(result), Gone: r.gone, Come: r.come, Notes: notes,
		Blame: func(lines map[string][]int) map[string]map[int]source.Span {
			spans, list := result.blames(ctx, lines)
			r.list = append(r.list, list...)
			return spans
		},
	})
	if ctx.Err() != nil {
		return review.Review{}, diag.List{stopped(ctx)}
	}
	return out, r.list
}

// reviewVariants are the Dockerfiles of a run.
func reviewVariants(result *Result) []review.Variant {
	texts := map[string]string{}
	for _, f := range result.Dockerfiles() {
		texts[f.Path] = f.Text.String()
	}
	var out []review.Variant
	for _, i := range result.Images {
		v := review.Variant{Stack: i.Stack.Name, Path: i.Path, Values: i.Values, Text: texts[i.Path], Known: true}
		for _, t := range i.Plan.Targets {
			v.Targets = append(v.Targets, review.Target{Name: t.Stage, Tags: t.Tags, Platforms: t.Platforms})
		}
		out = append(out, v)
	}
	return out
}

// reviewed is what a review asks.
type reviewed struct {
	matrices map[string]*StackMatrix
	// old are the axes, without a value, and the values that each stack had.
	old  map[string]map[dockerfile.Pair]bool
	list diag.List
}

// gone says why there is no such variant any more.
func (r *reviewed) gone(v review.Variant) []review.Reason {
	m := r.matrices[v.Stack]
	if m == nil {
		return []review.Reason{{Text: fmt.Sprintf("the stack %s is gone", v.Stack)}}
	}
	var out []review.Reason
	var selectors []matrix.Selector
	for _, p := range v.Values {
		i, j := m.matrix.Indexes(p.Name, p.Value)
		switch {
		case i < 0:
			out = append(out, review.Reason{Text: fmt.Sprintf("the axis %s is gone", p.Name)})
		case j < 0:
			out = append(out, review.Reason{Text: fmt.Sprintf("the axis %s has no value %s any more", p.Name, p.Value), Place: m.matrix.AxisSpan(i)})
		}
		selectors = append(selectors, matrix.Selector{Axis: p.Name, Value: p.Value})
	}
	for i, a := range m.matrix.Axes {
		if !r.old[v.Stack][dockerfile.Pair{Name: a.Name}] && len(a.Values) > 1 {
			out = append(out, review.Reason{Text: fmt.Sprintf("the axis %s is new", a.Name), Place: m.matrix.AxisSpan(i)})
		}
	}
	if len(out) > 0 {
		return out
	}
	verdict, list := m.Why(selectors)
	if len(list) > 0 {
		return []review.Reason{{Text: list[0].Message}}
	}
	for _, reason := range verdict.Reasons {
		out = append(out, review.Reason{
			Text: fmt.Sprintf("rule %q: %s", reason.Rule.Name, reason.Rule.Because), Place: reason.Rule.Span, See: reason.Rule.See,
		})
	}
	return out
}

// come says why there is such a variant now.
func (r *reviewed) come(v review.Variant) []review.Reason {
	old := r.old[v.Stack]
	if old == nil {
		return []review.Reason{{Text: fmt.Sprintf("there was no Dockerfile of the stack %s", v.Stack)}}
	}
	m := r.matrices[v.Stack].matrix
	var out []review.Reason
	for _, p := range v.Values {
		i, j := m.Indexes(p.Name, p.Value)
		switch {
		case !old[dockerfile.Pair{Name: p.Name}]:
			out = append(out, review.Reason{Text: fmt.Sprintf("the axis %s is new", p.Name), Place: m.AxisSpan(i)})
		case !old[p]:
			out = append(out, review.Reason{Text: fmt.Sprintf("%s=%s is new", p.Name, p.Value), Place: m.ValueSpan(i, j)})
		}
	}
	if len(out) == 0 {
		out = append(out, review.Reason{Text: "no rule rejects it any more"})
	}
	return out
}
