package compile

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

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

func (c *compiler) run(ctx context.Context) ([]File, diag.List) {
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
	var files []File
	for _, o := range outputs {
		list = append(list, o.list...)
		files = append(files, o.file)
	}
	list = append(list, collisions(outputs)...)
	if whole && list.Errors() == 0 {
		list = append(list, c.unusedStages(outputs)...)
	}
	return files, list
}

// variants compiles all variants, as many at a time as there are processors.
// CUE's values are safe for that once they are built.
func (c *compiler) variants(ctx context.Context, variants []matrix.Variant) []output {
	outputs := make([]output, len(variants))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, v := range variants {
		group.Go(func() error {
			if ctx.Err() == nil {
				outputs[i] = c.variant(v)
			}
			return ctx.Err()
		})
	}
	// A cancelled run is reported by the caller, which has the same context.
	_ = group.Wait()
	return outputs
}

// missing finds the required fields that a broken stack lacks besides. What
// only some variants lack may be there under a condition, and is left for a run
// in which the rest is right.
func (c *compiler) missing(variants []matrix.Variant) diag.List {
	e, list := evaluate.New(c.stack.Value, c.module.Positions)
	if len(list) > 0 {
		return nil
	}
	for i, v := range variants[:min(len(variants), maxProbes)] {
		found := e.Fill(v).Missing()
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
	reached := map[string]bool{}
	for _, o := range outputs {
		for _, name := range o.reached {
			reached[name] = true
		}
	}
	var list diag.List
	for _, name := range c.evaluator.Stages() {
		if !reached[name] {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeUnusedStage, Severity: diag.Warning,
				Span:    c.evaluator.StageSpan(name),
				Message: fmt.Sprintf("no target of any variant reaches the stage %q", name),
				Help:    "remove it, or make it a target",
			})
		}
	}
	return list
}

// collisions reports variants that would be written to the same place, also
// on file systems that do not tell upper from lower case.
func collisions(outputs []output) diag.List {
	first := map[string]output{}
	var list diag.List
	for _, o := range outputs {
		if o.file.Path == "" {
			continue
		}
		key := strings.ToLower(o.file.Path)
		other, ok := first[key]
		if !ok {
			first[key] = o
			continue
		}
		list = append(list, diag.Diagnostic{
			Code: diag.CodeDuplicatePath, Severity: diag.Error,
			Span:    o.filled.Locate(dockerfile.Origin{}, "path"),
			Message: fmt.Sprintf("two variants have the output path %q", o.plan.Path),
			Notes:   []string{other.file.Variant, o.file.Variant},
			Help:    fmt.Sprintf("let dockerfile.path tell them apart: by %s", strings.Join(differing(other, o), ", ")),
		})
	}
	return list
}

// differing are the axes in which two variants differ, as stage code reads them.
func differing(a, b output) []string {
	var out []string
	left, right := strings.Fields(a.file.Variant), strings.Fields(b.file.Variant)
	for i := range left {
		if left[i] != right[i] {
			axis, _, _ := strings.Cut(left[i], "=")
			out = append(out, fmt.Sprintf("\\(variant.%s.id)", axis))
		}
	}
	return slices.Compact(out)
}
