package compile

import (
	"context"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/source"
)

// Blames finds the user's own place that each of some lines comes from, by the
// paths of Dockerfiles of a stack and by lines. It compiles no others.
func Blames(ctx context.Context, module *load.Module, stack string, lines map[string][]int) (map[string]map[int]source.Span, diag.List) {
	stacks, list := module.Load([]string{stack})
	if list.Errors() > 0 {
		return nil, list.Sorted()
	}
	c := &compiler{module: module, stack: stacks[0], trace: true}
	variants, evaluator, list := c.sequential()
	if list.Errors() > 0 {
		return nil, list.Sorted()
	}
	out := map[string]map[int]source.Span{}
	for _, v := range variants {
		if ctx.Err() != nil {
			return nil, diag.List{stopped(ctx)}
		}
		if len(out) == len(lines) {
			break
		}
		plan, list := evaluator.Fill(v).Plan()
		if len(list) > 0 {
			return nil, list.Sorted()
		}
		path := c.output(plan)
		if lines[path] == nil {
			continue
		}
		made := c.variant(evaluator, v)
		if made.list.Errors() > 0 {
			return nil, made.list.Sorted()
		}
		blamed := c.blamed(made)
		out[path] = map[int]source.Span{}
		for _, n := range lines[path] {
			out[path][n] = blamed.Line(n).Places[0].Span
		}
	}
	return out, nil
}
