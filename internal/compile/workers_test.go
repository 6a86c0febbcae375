package compile

import (
	"sync"
	"testing"
)

// TestEnds: however many workers there are, each number is handed out once.
func TestEnds(t *testing.T) {
	for workers := range 6 {
		const n = 1000
		left := &ends{n: n}
		var got [n]int
		var mutex sync.Mutex
		var group sync.WaitGroup
		for worker := range workers + 1 {
			group.Go(func() {
				for i, ok := left.take(worker); ok; i, ok = left.take(worker) {
					mutex.Lock()
					got[i]++
					mutex.Unlock()
				}
			})
		}
		group.Wait()
		for i, times := range got {
			if times != 1 {
				t.Fatalf("%d workers: %d is handed out %d times", workers+1, i, times)
			}
		}
	}
}
