package main

import "testing"

func TestGrowth(t *testing.T) {
	for _, tt := range []struct {
		live uint64
		want int
	}{
		{0, most}, {little / 5, most}, {little / 4, 300}, {little / 2, 100}, {little * 2 / 3, 50}, {little, usual}, {10 * little, usual},
	} {
		if got := growth(tt.live); got < tt.want-1 || got > tt.want+1 {
			t.Errorf("%d MB: %d percent, want %d", tt.live>>20, got, tt.want)
		}
	}
}
