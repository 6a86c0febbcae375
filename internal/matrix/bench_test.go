package matrix

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// grid is a matrix of a number of axes (b0, b1 ...) with as many values each.
func grid(axes, values int) string {
	var b strings.Builder
	b.WriteString("variant: {...}\naxes: {\n")
	for i := range axes {
		fmt.Fprintf(&b, "b%d: {", i)
		for j := range values {
			fmt.Fprintf(&b, "v%d: {id: \"v%d\", n: %d}, ", j, j, j)
		}
		b.WriteString("}\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// twenty are twenty rules, of which three relate axes.
func twenty() string {
	var b strings.Builder
	b.WriteString("rules: {\n")
	for i := range 17 {
		fmt.Fprintf(&b, "r%d: {because: \"x\", when: b0: n: %d, require: b%d: n: !=%d}\n", i, i%10, 1+i%2, i%7)
	}
	b.WriteString(`s0: {because: "x", forbid: {b0: n: 3, b1: n: <(variant.b2.n - 8)}}` + "\n")
	b.WriteString(`s1: {because: "x", forbid: {b0: n: 4} & ({b1: n: 5} | {b2: n: 5})}` + "\n")
	b.WriteString(`s2: {because: "x", when: b0: n: variant.b1.n, require: b2: n: >=1}` + "\n}\n")
	return b.String()
}

func BenchmarkVariants(b *testing.B) {
	for _, axes := range []int{3, 5} {
		m := mustBuild(b, grid(axes, 10)+twenty())
		b.Run(fmt.Sprintf("10^%d", axes), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, list := m.Variants(); len(list) > 0 {
					b.Fatal(brief(list))
				}
			}
		})
	}
}

// What comes before: reading axes and rules, and asking CUE.
func BenchmarkNew(b *testing.B) {
	text := grid(5, 10) + twenty()
	for b.Loop() {
		mustBuild(b, text)
	}
}

func BenchmarkFindings(b *testing.B) {
	m := mustBuild(b, grid(5, 10)+twenty())
	all, _ := m.Variants()
	for b.Loop() {
		m.Findings(all)
	}
}

// Every combination with all the rules that reject it: what `matrix` shows.
func BenchmarkAll(b *testing.B) {
	for _, axes := range []int{3, 5, 6} {
		m := mustBuild(b, grid(axes, 10)+twenty())
		b.Run(fmt.Sprintf("10^%d", axes), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for range m.All() {
					n++
				}
				if want := int(math.Pow10(axes)); n != want {
					b.Fatalf("%d combinations, not %d", n, want)
				}
			}
		})
	}
}

// A product of a million of which rules leave a hundredth: given up axis by
// axis, most of it is never looked at.
func BenchmarkPruned(b *testing.B) {
	rules := strings.TrimSuffix(strings.TrimSpace(twenty()), "}")
	for i := range 2 {
		rules += fmt.Sprintf("p%d: {because: \"x\", require: b%d: n: 9}\n", i, i)
	}
	m := mustBuild(b, grid(6, 10)+rules+"}\n")
	b.ReportAllocs()
	for b.Loop() {
		if _, list := m.Variants(); len(list) > 0 {
			b.Fatal(brief(list))
		}
	}
}
