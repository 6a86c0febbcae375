package compile

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
)

// compiler compiles one stack.
type compiler struct {
	module    *load.Module
	stack     *load.Stack
	selectors []matrix.Selector
	evaluator *evaluate.Evaluator
}

// output is what one variant came to.
type output struct {
	file    File
	reached []string
	plan    dockerfile.Plan
	filled  *evaluate.Filled
	list    diag.List
}

// run compiles the variants that are asked for. The paths of what comes out are
// left to the caller, who sees those of other stacks too.
func (c *compiler) run(ctx context.Context) ([]output, diag.List) {
	m, list := matrix.New(c.stack.Value, c.module.Positions)
	if list.Errors() > 0 {
		return nil, list
	}
	variants, found := m.Variants()
	list = append(list, found...)
	list = append(list, m.Broken()...)
	if list.Errors() > 0 {
		return nil, list
	}
	if c.stack.Broken {
		return nil, append(list, c.missing(variants)...)
	}
	whole := len(c.selectors) == 0
	if whole {
		list = append(list, m.Findings(variants)...)
	} else if variants, found = m.Select(variants, c.selectors); len(found) > 0 {
		return nil, append(list, found...)
	}
	c.evaluator, found = evaluate.New(c.stack.Value, c.module.Positions)
	if list = append(list, found...); list.Errors() > 0 {
		return nil, list
	}
	outputs := c.variants(ctx, variants)
	for _, o := range outputs {
		list = append(list, o.list...)
	}
	if whole && list.Errors() > 0 {
		list = append(list, c.unreached(variants, outputs)...)
	}
	if whole && list.Errors() == 0 && ctx.Err() == nil {
		list = append(list, c.unusedStages(outputs)...)
	}
	return outputs, list
}

// variants compiles all variants, as many at a time as there are processors,
// each worker with a build of the stack of its own.
func (c *compiler) variants(ctx context.Context, variants []matrix.Variant) []output {
	outputs := make([]output, len(variants))
	var next atomic.Int64
	var workers errgroup.Group
	for worker := range min(runtime.GOMAXPROCS(0), len(variants)) {
		workers.Go(func() error {
			evaluator := c.evaluator
			if worker > 0 {
				var list diag.List
				if evaluator, list = evaluate.New(c.stack.Rebuild(), c.module.Positions); len(list) > 0 {
					return nil // the first worker does all of it
				}
			}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(variants) {
					break
				}
				outputs[i] = c.variant(evaluator, variants[i])
			}
			return nil
		})
	}
	// Workers report by their outputs; a run that was stopped, the caller does.
	_ = workers.Wait()
	return outputs
}

// missing finds the required fields that a broken stack lacks besides.
func (c *compiler) missing(variants []matrix.Variant) diag.List {
	return c.inAll(variants, func(f *evaluate.Filled) diag.List { return f.Missing() })
}

// unreached finds what is wrong with stages to which faults elsewhere have cut
// the way.
func (c *compiler) unreached(variants []matrix.Variant, outputs []output) diag.List {
	names := c.unusedNames(outputs)
	return c.inAll(variants, func(f *evaluate.Filled) diag.List {
		var list diag.List
		for _, name := range names {
			_, found := f.Stage(name)
			list = append(list, found...)
		}
		return list
	})
}

// inAll keeps the findings that are the same in several variants, and so do
// not come from a stage or a field that is not meant for one of them.
func (c *compiler) inAll(variants []matrix.Variant, find func(*evaluate.Filled) diag.List) diag.List {
	e, list := evaluate.New(c.stack.Value, c.module.Positions)
	if len(list) > 0 {
		return nil
	}
	for i, v := range variants[:min(len(variants), maxProbes)] {
		found := find(e.Fill(v))
		if i == 0 {
			list = found
			continue
		}
		list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
			return !slices.ContainsFunc(found, func(other diag.Diagnostic) bool {
				return other.Span == d.Span && other.Message == d.Message
			})
		})
	}
	return list
}

// maxProbes is how many variants of a broken stack are looked at.
const maxProbes = 8

// unusedStages reports stages that no variant reaches: nobody builds them, and
// nothing has checked them.
func (c *compiler) unusedStages(outputs []output) diag.List {
	var list diag.List
	for _, name := range c.unusedNames(outputs) {
		list = append(list, diag.Diagnostic{
			Code: diag.CodeUnusedStage, Severity: diag.Warning,
			Span:    c.evaluator.StageSpan(name),
			Message: fmt.Sprintf("no target of any variant reaches the stage %q", name),
			Help:    "remove it, or make it a target",
		})
	}
	return list
}

// unusedNames are the stages that no variant reaches.
func (c *compiler) unusedNames(outputs []output) []string {
	reached := map[string]bool{}
	for _, o := range outputs {
		for _, name := range o.reached {
			reached[name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(c.evaluator.Stages()), func(name string) bool { return reached[name] })
}
