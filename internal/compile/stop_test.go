package compile

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"
)

// TestStop stops a run while it compiles variants, and before it has begun.
func TestStop(t *testing.T) {
	for _, test := range []struct {
		name string
		// ready tells when to stop it.
		ready func(stack string, done int) bool
	}{
		{"in the middle", func(_ string, done int) bool { return done >= 50 }},
		{"before the variants", func(stack string, _ int) bool { return stack != "" }},
		{"at once", func(string, int) bool { return true }},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := fixture(t, tenThousand...)
			before := runtime.NumGoroutine()
			ctx, cancel := context.WithCancelCause(t.Context())
			progress := &Progress{}
			results := make(chan Result)
			go func() { results <- Run(ctx, m, Request{Progress: progress}) }()
			for {
				stack, done, _ := progress.Now()
				if test.ready(stack, done) {
					break
				}
				time.Sleep(time.Millisecond)
			}
			cancel(errors.New("enough"))
			stopped := time.Now()
			r := <-results
			if took := time.Since(stopped); took > 10*time.Second {
				t.Errorf("it went on for %v", took)
			}
			if _, done, total := progress.Now(); done > 0 && done == total {
				t.Error("it compiled all of the variants")
			}
			if len(r.Files) > 0 || brief(r.Findings) != ": io: stopped: enough" {
				t.Errorf("%d files, findings:\n%s", len(r.Files), brief(r.Findings))
			}
			quiet(t, before)
		})
	}
}

// TestNoGoroutineLeft is about runs that end by themselves, with findings of
// all the places where a run can end.
func TestNoGoroutineLeft(t *testing.T) {
	for name, text := range map[string]string{
		"fine":             "stages: schema.#Stages & {s: from: \"debian:12\"}\ndockerfile: schema.#Dockerfile & {path: \"p\", targets: s: {}}\n",
		"syntax":           "stages: {\n",
		"conflict":         "axes: schema.#Axes & {os: a: {}}\nstages: 1 & 2\n",
		"matrix":           "axes: schema.#Axes & {os: {}}\nvariant: schema.#Variant\nstages: schema.#Stages & {s: from: \"debian:12\"}\ndockerfile: schema.#Dockerfile & {path: \"p\", targets: s: {}}\n",
		"no dockerfile":    "stages: schema.#Stages & {s: from: \"debian:12\"}\n",
		"unknown stage":    "stages: schema.#Stages & {s: from: \"t\"}\ndockerfile: schema.#Dockerfile & {path: \"p\", targets: s: {}}\n",
		"error in a stage": "stages: schema.#Stages & {s: {from: \"debian:12\", steps: [{env: A: \"x\\ny\"}]}}\ndockerfile: schema.#Dockerfile & {path: \"p\", targets: s: {}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			m := one(t, text)
			before := runtime.NumGoroutine()
			r := run(t, m)
			if (len(r.Findings) > 0) != (name != "fine") {
				t.Errorf("findings:\n%s", brief(r.Findings))
			}
			quick := Run(t.Context(), m, Request{Quick: true})
			if got, want := brief(quick.Findings), brief(r.Findings); got != want {
				t.Errorf("quick:\n%s\nnot quick:\n%s", got, want)
			}
			quiet(t, before)
		})
	}
}

// quiet waits until there are no more goroutines than before.
func quiet(t *testing.T, before int) {
	t.Helper()
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines, before it were %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}
