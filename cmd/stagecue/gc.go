package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// little is how much memory is used without a second thought.
	little = 208 << 20
	// most is how far the heap may grow before it is collected, in percent of
	// what is in use; least is Go's own choice.
	most, least = 400, 100
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

// growth is how far a heap may grow, in percent, with some bytes in use.
func growth(live uint64) int {
	if live == 0 || live*(most+100)/100 <= little {
		return most
	}
	return max(least, int(little*100/live)-100)
}
