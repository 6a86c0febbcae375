package bake

import (
	"fmt"
	"testing"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
)

// BenchmarkFile writes and checks the file of 10,000 images, half of them built
// from the others.
func BenchmarkFile(b *testing.B) {
	s := stack("s")
	var variants []*images.Variant
	for i := range 5000 {
		values := []dockerfile.Pair{{Name: "os", Value: fmt.Sprint(i / 50)}, {Name: "n", Value: fmt.Sprint(i % 50)}}
		base := with(variant(s, fmt.Sprintf("base/%d", i), "debian:12", nil), append(values, dockerfile.Pair{Name: "image", Value: "base"})...)
		lab := with(variant(s, fmt.Sprintf("lab/%d", i), fmt.Sprintf("example.com/s:base-%d", i), nil), append(values, dockerfile.Pair{Name: "image", Value: "lab"})...)
		variants = append(variants, base, lab)
	}
	all := run(b, variants...)
	for b.Loop() {
		if text := file(b, Input{Stack: "s", Images: all}); len(text) == 0 {
			b.Fatal("nothing")
		}
	}
}
