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
	// first is how far it may before anything is in use, in percent of the 4 MB
	// that the runtime takes for the least: to 128 MB. Small runs end before that.
	first = 3200
	// room is how much of the heap has huge pages: what a run takes that ends
	// before anything is collected.
	room = 128 << 20
	// most is how far the heap may grow before it is collected, in percent of
	// what is in use, as long as that is little.
	most = 400
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
	debug.SetGCPercent(-1)
	go func() {
		hugePages(room)
		debug.SetGCPercent(first)
		debug.SetMemoryLimit(little)
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/cycles/total:gc-cycles"}}
		metrics.Read(sample)
		before := sample[1].Value.Uint64()
		last, percent := int64(little), first
		for range time.Tick(watch) {
			metrics.Read(sample)
			if sample[1].Value.Uint64() > before && percent == first {
				percent = most
				debug.SetGCPercent(percent)
			}
			if now := limit(sample[0].Value.Uint64()); now != last {
				debug.SetMemoryLimit(now)
				last = now
			}
		}
	}()
}

// limit is how much memory may be used with some bytes in use: little, or twice
// as much. So what the collector costs for each variant does not grow with their
// number.
func limit(live uint64) int64 { return max(little, int64(2*live)) }
