package compile

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/resolve"
)

// alone tells whether the run is about a single variant, as it seems, and there
// is a processor for somebody beside the one who compiles it.
func (r Request) alone() bool { return r.Quick && runtime.GOMAXPROCS(0) > 1 }

// goAhead evaluates stages of a variant that stands alone beside the one who
// compiles it, from the last target on. What it finds is in the memo; what is
// wrong with it is nothing that it would report. It is over when the function
// that it returns does so.
func (c *compiler) goAhead(v matrix.Variant) (end func()) {
	var stop atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		// A panic comes again to the one who reports it.
		defer func() { _ = recover() }()
		builder := c.stack.Second()
		if builder == nil || stop.Load() {
			return
		}
		if evaluator, list := c.newEvaluator(builder); len(list) == 0 {
			c.evaluateAhead(evaluator, evaluator.FillBackwards(v), &stop)
		}
	}()
	return func() {
		stop.Store(true)
		<-done
	}
}

// evaluateAhead evaluates all stages that the targets reach, until it is stopped.
func (c *compiler) evaluateAhead(evaluator *evaluate.Evaluator, filled *evaluate.Filled, stop *atomic.Bool) {
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
			if stop.Load() {
				return dockerfile.Stage{}, diag.List{{}}
			}
			return c.hands.stage(filled, name)
		},
		Busy:   c.hands.busy,
		Locate: filled.Locate,
	})
}

// hands are what stages somebody is evaluating, of two who share a variant. Nil is
// for one who does it alone.
type hands struct{ stages sync.Map } // of bool, by name

// stage evaluates a stage.
func (h *hands) stage(filled *evaluate.Filled, name string) (dockerfile.Stage, diag.List) {
	if h != nil {
		if _, taken := h.stages.LoadOrStore(name, true); !taken {
			defer h.stages.Store(name, false)
		}
	}
	return filled.Stage(name)
}

// busy tells whether the other one is evaluating a stage.
func (h *hands) busy(name string) bool {
	if h == nil {
		return false
	}
	taken, ok := h.stages.Load(name)
	return ok && taken.(bool)
}
