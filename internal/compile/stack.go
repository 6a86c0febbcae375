package compile

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/policy"
	"stagecue.dev/internal/resolve"
)

// compiler compiles one stack.
type compiler struct {
	module    *load.Module
	stack     *load.Stack
	selectors []matrix.Selector
	quick     bool
	progress  *Progress
	evaluator *evaluate.Evaluator
	memo      *evaluate.Memo
	// written are the sections that have been made, by sectionKey.
	written sync.Map
	// pieces are what those have in common.
	pieces dockerfile.Memo
	// reached are the names of the stages that are part of a Dockerfile.
	reached sync.Map
	// resolved are stages that Dockerfiles have in common.
	resolved resolve.Memo
	verdicts policy.Memo
	// labels are lists of names that Dockerfiles have in common.
	labels sync.Map
	// inputs are those of stages that Dockerfiles have in common.
	inputs inputs.Memo
	// matrix is that of the stack, once it has been read without errors.
	matrix *matrix.Matrix
	// images is what is known of the stack where its images are looked at.
	images *images.Stack
	// naive has every stage of every variant evaluated from the whole stack.
	naive bool
	// trace has it keep what each line was made of.
	trace bool
	// spare is for the second worker.
	spare func() *load.Builder
	// validated returns when checker has looked at the stack as a whole.
	validated func()
	checker   *load.Builder
	locating  sync.Mutex
	broken    diag.List
	// outputs are the results of the variants, once they have been compiled.
	outputs []output
}

// output is what one variant came to.
type output struct {
	variant matrix.Variant
	file    File
	// path is that of the plan.
	path   string
	image  *images.Variant
	filled *evaluate.Filled
	// lines says what each line of the file was made of, for a compiler that
	// traces.
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
	c.spare = c.readSpare(builder)
	defer c.spare()
	m, variants, list := c.supported(builder)
	if list.Errors() > 0 {
		c.sound()
		return nil, append(c.broken, list...)
	}
	whole := len(c.selectors) == 0
	selected, found := variants, diag.List(nil)
	if whole {
		found = m.Findings(variants)
	} else if selected, found = m.Select(variants, c.selectors); len(found) > 0 {
		selected = nil
	}
	outputs, failures := c.variants(ctx, builder, selected)
	// What is wrong with a variant may come of what is wrong with the stack.
	clean := !c.memo.Whole() && len(list)+len(found)+len(failures) == 0 && !slices.ContainsFunc(outputs, func(o output) bool { return len(o.list) > 0 })
	sound := clean && (c.quick || c.restSound(builder)) || c.sound()
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
		list = append(list, c.unreached(variants)...)
	}
	if whole && list.Errors() == 0 {
		list = append(list, c.unusedStages()...)
		list = append(list, unusedPolicies(outputs)...)
	}
	c.outputs = outputs
	return outputs, list
}

// unusedStages reports stages that no variant reaches: nobody builds them, and
// nothing has checked them.
func (c *compiler) unusedStages() diag.List {
	var list diag.List
	for _, name := range c.unusedNames() {
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
func (c *compiler) unusedNames() []string {
	return slices.DeleteFunc(slices.Clone(c.evaluator.Stages()), func(name string) bool {
		_, reached := c.reached.Load(name)
		return reached
	})
}
