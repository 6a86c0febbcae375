package compile

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
)

// readSpare reads the stack once more, for a second worker, while its matrix is
// read. The builder of the first is the first to read it. What comes out waits
// until that is done.
func (c *compiler) readSpare(first *load.Builder) func() *load.Builder {
	spare := c.stack.Builder()
	if c.quick || runtime.GOMAXPROCS(0) == 1 {
		return func() *load.Builder { return spare }
	}
	first.Graph()
	read := make(chan struct{})
	go func() {
		defer close(read)
		// A panic comes again to the one who reports it.
		defer func() { _ = recover() }()
		spare.Graph()
	}()
	return func() *load.Builder {
		<-read
		return spare
	}
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
				builder := c.spare()
				if worker > 1 {
					builder = c.stack.Builder()
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
