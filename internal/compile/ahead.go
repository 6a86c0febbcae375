package compile

import (
	"runtime"
	"slices"
	"sync/atomic"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/resolve"
)

// ahead evaluates stages of a variant that stands alone beside the one who
// compiles it, from the last target on. What it finds is in the memo; what is
// wrong with it is nothing that it would report.
type ahead struct {
	// builder has the stack as it was read once more.
	builder chan *load.Builder
	// done is closed when the variant has been evaluated, if that was started.
	done    chan struct{}
	started bool
	stop    atomic.Bool
	// quit is closed when it is of no more use.
	quit chan struct{}
}

// alone tells whether the run is about a single variant, as it seems, and there
// is a processor for somebody beside the one who compiles it.
func (r Request) alone() bool { return r.Quick && runtime.GOMAXPROCS(0) > 1 }

// nothingKept tells whether all of a stack will have to be evaluated.
func (r Request) nothingKept(module *load.Module, stack string) bool {
	return r.variants == nil && (r.Cache == nil || r.Cache.Variants(module.Root, stack).Empty())
}

// readAhead has the stack read once more, for it takes time, if there is a
// processor for it and the run is about a single variant, as it seems: nil
// otherwise. Unless it was read twice to begin with, that is done as soon as there
// is much to evaluate that no other process has. The builder of the one who
// compiles is the first to read it.
func (c *compiler) readAhead(first *load.Builder) *ahead {
	if !c.alone {
		return nil
	}
	first.Graph()
	a := &ahead{builder: make(chan *load.Builder, 1), done: make(chan struct{}), quit: make(chan struct{})}
	builder := c.stack.Builder()
	go func() {
		defer close(a.builder)
		// A panic comes again to the one who reports it.
		defer func() { _ = recover() }()
		if !c.stack.Twice() {
			select {
			case <-c.kept.parts.Missed():
			case <-a.quit:
				return
			}
		}
		builder.Graph()
		a.builder <- builder
	}()
	return a
}

// start has it evaluate a variant.
func (a *ahead) start(c *compiler, v matrix.Variant) {
	a.started = true
	go func() {
		defer close(a.done)
		defer func() { _ = recover() }()
		builder, ok := <-a.builder
		if !ok || a.stop.Load() {
			return
		}
		evaluator, list := c.newEvaluator(builder)
		if len(list) > 0 {
			return
		}
		a.stages(evaluator, evaluator.FillBackwards(v))
	}()
}

func (a *ahead) stages(evaluator *evaluate.Evaluator, filled *evaluate.Filled) {
	plan, list := filled.Plan()
	if len(list) > 0 {
		return
	}
	plan.Targets = slices.Clone(plan.Targets)
	slices.Reverse(plan.Targets)
	resolve.Resolve(resolve.Input{
		Plan:   plan,
		Stages: evaluator.Stages(),
		Stage: func(name string) (dockerfile.Stage, diag.List) {
			if a.stop.Load() {
				return dockerfile.Stage{}, diag.List{{}}
			}
			return filled.Stage(name)
		},
		Locate: filled.Locate,
	})
}

// end waits until nothing is left of it.
func (a *ahead) end() {
	if a == nil {
		return
	}
	a.stop.Store(true)
	close(a.quit)
	if a.started {
		<-a.done
	} else {
		<-a.builder
	}
}
