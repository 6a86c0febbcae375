package compile

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/policy"
)

// compiler compiles one stack.
type compiler struct {
	module    *load.Module
	stack     *load.Stack
	selectors []matrix.Selector
	progress  *Progress
	evaluator *evaluate.Evaluator
	memo      *evaluate.Memo
	// written are the sections that have been made, by sectionKey.
	written  sync.Map
	verdicts policy.Memo
	// naive has every stage of every variant evaluated from the whole stack.
	naive bool
	// validated is closed when checker has looked at the stack as a whole.
	validated chan struct{}
	checker   *load.Builder
	broken    diag.List
}

// output is what one variant came to.
type output struct {
	file    File
	reached []string
	plan    dockerfile.Plan
	filled  *evaluate.Filled
	// lines says what each line of the file was made of.
	lines []dockerfile.Line
	// policies are those of the stack, with what became of them.
	policies []policy.Use
	list     diag.List
}

// run compiles the variants that are asked for. The paths of what comes out are
// left to the caller, who sees those of other stacks too.
func (c *compiler) run(ctx context.Context) ([]output, diag.List) {
	c.validate()
	builder := c.stack.Builder()
	m, list := readMatrix(builder, c.module.Positions)
	var variants []matrix.Variant
	if list.Errors() == 0 {
		var found diag.List
		variants, found = m.Variants()
		list = append(list, found...)
		list = append(list, m.Broken()...)
	}
	if list.Errors() > 0 {
		c.sound()
		return nil, append(c.broken, list...)
	}
	c.memo = evaluate.NewMemo(m)
	c.memo.Naive = c.naive
	whole := len(c.selectors) == 0
	selected, found := variants, diag.List(nil)
	if whole {
		found = m.Findings(variants)
	} else if selected, found = m.Select(variants, c.selectors); len(found) > 0 {
		selected = nil
	}
	outputs, failures := c.variants(ctx, builder, selected)
	sound := c.sound()
	if ctx.Err() != nil {
		return nil, nil
	}
	if !sound {
		return nil, append(append(c.broken, list...), c.missing(variants)...)
	}
	list = append(append(list, found...), failures...)
	if len(failures) > 0 || len(selected) == 0 {
		return nil, list
	}
	for _, o := range outputs {
		list = append(list, o.list...)
	}
	if whole && list.Errors() > 0 {
		list = append(list, c.unreached(variants, outputs)...)
	}
	if whole && list.Errors() == 0 {
		list = append(list, c.unusedStages(outputs)...)
		list = append(list, unusedPolicies(outputs)...)
	}
	return outputs, list
}

// readMatrix reads a matrix from the part of a stack that it takes. What is
// wrong with it is explained from the whole.
func readMatrix(b *load.Builder, positions *cuediag.Positions) (*matrix.Matrix, diag.List) {
	if part, ok := b.Graph().Part([]string{"axes"}, []string{"rules"}, []string{"guarantees"}); ok {
		if m, list := matrix.New(b.Part(part, nil), positions); len(list) == 0 {
			return m, nil
		}
	}
	return matrix.New(b.Whole(), positions)
}

// validate looks at the stack as a whole, while its variants are compiled.
func (c *compiler) validate() {
	c.checker = c.stack.Builder()
	c.validated = make(chan struct{})
	go func() {
		defer close(c.validated)
		defer func() {
			if failure := recover(); failure != nil {
				c.broken = append(c.broken, c.failed("", failure))
			}
		}()
		c.broken = c.checker.Validate()
	}()
}

// sound waits until the stack has been looked at as a whole, and tells whether
// there is any point in going on.
func (c *compiler) sound() bool {
	<-c.validated
	return len(c.broken) == 0
}

// variants compiles all variants, as many at a time as there are processors,
// each worker with a build of the stack of its own.
func (c *compiler) variants(ctx context.Context, builder *load.Builder, variants []matrix.Variant) ([]output, diag.List) {
	var list diag.List
	if c.evaluator, list = c.newEvaluator(builder); len(list) > 0 {
		return nil, list
	}
	c.progress.expect(len(variants))
	outputs := make([]output, len(variants))
	var next atomic.Int64
	var workers errgroup.Group
	for worker := range min(runtime.GOMAXPROCS(0), len(variants)) {
		workers.Go(func() error {
			evaluator := c.evaluator
			if worker > 0 {
				builder := c.stack.Builder()
				if worker == 1 {
					<-c.validated
					builder = c.checker
				}
				var broken diag.List
				if evaluator, broken = c.newEvaluator(builder); len(broken) > 0 {
					return nil // the first worker does all of it
				}
			}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(variants) {
					break
				}
				outputs[i] = c.variant(evaluator, variants[i])
				c.progress.advance()
				if len(outputs[i].list) > 0 && !c.sound() {
					break
				}
			}
			return nil
		})
	}
	// Workers report by their outputs; a run that was stopped, the caller does.
	_ = workers.Wait()
	return outputs, nil
}

func (c *compiler) newEvaluator(b *load.Builder) (*evaluate.Evaluator, diag.List) {
	return evaluate.New(b, c.memo, c.module.Positions)
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
	e, list := c.newEvaluator(c.checker)
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
