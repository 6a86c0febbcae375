package main

import "testing"

func TestLimit(t *testing.T) {
	for live, want := range map[uint64]int64{
		0: little, little / 2: little, 200 << 20: 400 << 20, 1000 << 20: 2000 << 20,
	} {
		if got := limit(live); got != want {
			t.Errorf("%d MB: %d MB, want %d", live>>20, got>>20, want>>20)
		}
	}
}
