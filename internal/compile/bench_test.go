package compile

import (
	"testing"

	"stagecue.dev/internal/load"
)

// What a whole compile costs, from reading the files on: of the fixture, and of
// the same variant by variant, each from the whole stack. The second is for
// fewer variants; ns/variant compares the two.
func BenchmarkCompile(b *testing.B) {
	for _, bench := range []struct {
		name  string
		sizes []int
		naive bool
	}{
		{"projections/100", []int{5, 5, 2, 2, 1, 1, 1}, false},
		{"projections/1000", thousand, false},
		{"projections/10000", tenThousand, false},
		{"naive/100", []int{5, 5, 2, 2, 1, 1, 1}, true},
	} {
		b.Run(bench.name, func(b *testing.B) { measure(b, fixture(b, bench.sizes...), Request{}, bench.naive) })
	}
}

// The repository's own stacks, from projections and variant by variant.
func BenchmarkRepository(b *testing.B) {
	m := repository(b)
	b.Run("projections", func(b *testing.B) { measure(b, m, Request{}, false) })
	b.Run("naive", func(b *testing.B) { measure(b, m, Request{}, true) })
}

func measure(b *testing.B, m *load.Module, request Request, naive bool) {
	b.ReportAllocs()
	variants := 0
	for b.Loop() {
		r := compile(b.Context(), m, request, naive)
		if len(r.Findings) > 0 {
			b.Fatal(brief(r.Findings))
		}
		variants += len(r.Dockerfiles())
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(variants), "ns/variant")
}
