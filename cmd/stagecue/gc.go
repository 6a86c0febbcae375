package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// little is how large the heap may become without a second thought.
	little = 168 << 20
	// most is how far the heap may grow before it is collected, in percent of
	// what is in use; usual is Go's own choice.
	most, usual = 400, 100
	// watch is how often what is in use is looked at.
	watch = 50 * time.Millisecond
)

// tuneGC trades memory for time, unless the user has a say in it: evaluation
// leaves much that is soon dead, and a run is short. The heap may grow fivefold
// between two collections as long as that is little memory; the more is in use,
// the less it may grow. docs/performance.md has the figures.
func tuneGC() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(most)
	go func() {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		last := most
		for range time.Tick(watch) {
			metrics.Read(sample)
			if percent := growth(sample[0].Value.Uint64()); percent != last {
				debug.SetGCPercent(percent)
				last = percent
			}
		}
	}()
}

// growth is how far a heap may grow, in percent, with some bytes in use. What
// would be no more than little stays so, until that takes too many collections.
func growth(live uint64) int {
	switch {
	case live*(most+100)/100 <= little:
		return most
	case live <= little*3/4:
		return int(little*100/live) - 100
	}
	return usual
}
