package compile

import (
	"context"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// blames finds the user's own place that each of some lines comes from, by the
// paths of Dockerfiles and by lines. What the run has evaluated is not evaluated
// again: only the Dockerfiles that lines are asked of are put together once more.
func (r *Result) blames(ctx context.Context, lines map[string][]int) (map[string]map[int]source.Span, diag.List) {
	out := map[string]map[int]source.Span{}
	for _, c := range r.compilers {
		for _, o := range c.outputs {
			numbers := lines[o.file.Path]
			if len(numbers) == 0 {
				continue
			}
			if ctx.Err() != nil {
				return nil, diag.List{stopped(ctx)}
			}
			made := c.traced(o)
			if made.list.Errors() > 0 {
				return nil, made.list.Sorted()
			}
			blamed := c.blamed(made)
			out[o.file.Path] = map[int]source.Span{}
			for _, n := range numbers {
				out[o.file.Path][n] = blamed.Line(n).Places[0].Span
			}
		}
	}
	return out, nil
}

// traced compiles a variant once more, from what is in memory, to find out what
// each line was made of.
func (c *compiler) traced(o output) output {
	c.trace = true
	return c.variant(c.evaluator, o.variant)
}
