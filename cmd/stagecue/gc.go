package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// little is how much memory is used without a second thought.
	little = 220 << 20
	// most is how far the heap may grow before it is collected, in percent of
	// what is in use, as long as that is little.
	most = 400
	// spare is how much more than what is in use is used without need.
	spare = 256 << 20
	// watch is how often what is in use is looked at.
	watch = 50 * time.Millisecond
)

// tuneGC trades memory for time, unless the user has a say in it: evaluation
// leaves much that is soon dead, and a run is short. docs/performance.md has the
// figures.
func tuneGC() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(most)
	debug.SetMemoryLimit(little)
	go func() {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		last := int64(little)
		for range time.Tick(watch) {
			metrics.Read(sample)
			if now := limit(sample[0].Value.Uint64()); now != last {
				debug.SetMemoryLimit(now)
				last = now
			}
		}
	}()
}

// limit is how much memory may be used with some bytes in use: little, or as much
// again, up to what is spare; and in any case enough that collections do not
// follow each other without end.
func limit(live uint64) int64 {
	n := int64(live)
	return max(little, n+max(min(n, spare), n/5*2))
}
