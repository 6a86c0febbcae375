package main

import (
	"runtime"
	"testing"
)

// TestHugePages: what is asked for huge pages is given back.
func TestHugePages(t *testing.T) {
	const room = 64 << 20
	hugePages(room)
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	if after.HeapAlloc > room/2 {
		t.Errorf("%d bytes are in use", after.HeapAlloc)
	}
}
