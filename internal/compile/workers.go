package compile

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
)

// validate looks at the stack as a whole: at once, while its variants are
// compiled, or, if it is to be quick, only once something is wrong.
func (c *compiler) validate() {
	c.checker = c.stack.Builder()
	validated := make(chan struct{})
	start := sync.OnceFunc(func() {
		go func() {
			defer close(validated)
			defer func() {
				if failure := recover(); failure != nil {
					c.broken = append(c.broken, c.failed("", failure))
				}
			}()
			c.broken = c.kept.validate(c.checker)
		}()
	})
	c.validated = func() {
		start()
		<-validated
	}
	if !c.quick {
		start()
	}
}

// sound waits until the stack has been looked at as a whole, and tells whether
// there is any point in going on.
func (c *compiler) sound() bool {
	c.validated()
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
	left := &ends{n: int64(len(variants))}
	var workers errgroup.Group
	for worker := range min(runtime.GOMAXPROCS(0), len(variants)) {
		workers.Go(func() (err error) {
			// A panic of a goroutine could not be reported by anybody else.
			defer func() {
				if failure := recover(); failure != nil {
					err = fmt.Errorf("%v", failure)
				}
			}()
			evaluator := c.evaluator
			if worker > 0 {
				builder := c.stack.Builder()
				if worker == 1 && !c.quick {
					c.validated()
					builder = c.checker
				}
				var broken diag.List
				if evaluator, broken = c.newEvaluator(builder); len(broken) > 0 {
					return nil // the first worker does all of it
				}
			}
			for ctx.Err() == nil {
				i, ok := left.take(worker)
				if !ok {
					break
				}
				outputs[i] = c.variant(evaluator, variants[i])
				c.progress.advance()
				clean := len(outputs[i].list) == 0
				if !clean && !c.sound() {
					break
				}
				if clean && !c.trace {
					outputs[i].filled.Release()
				}
			}
			return nil
		})
	}
	// Workers report by their outputs; a run that was stopped, the caller does.
	if err := workers.Wait(); err != nil {
		list = diag.List{c.failed("", err)}
	}
	return outputs, list
}

// ends hands out the numbers below n, each once, from both ends: neighbours have
// most in common, and whoever needs what another worker is evaluating waits.
type ends struct {
	n                  int64
	taken, front, back atomic.Int64
}

func (e *ends) take(worker int) (int, bool) {
	if e.taken.Add(1) > e.n {
		return 0, false
	}
	if worker%2 == 0 {
		return int(e.front.Add(1)) - 1, true
	}
	return int(e.n - e.back.Add(1)), true
}

func (c *compiler) newEvaluator(b *load.Builder) (*evaluate.Evaluator, diag.List) {
	return evaluate.New(b, c.memo, c.module.Positions)
}
