package load

import (
	"fmt"
	"testing"
)

// Reading the repository's stacks, and building one as a whole.
func BenchmarkStack(b *testing.B) {
	m, problem := FindModule("../..")
	if problem != nil {
		b.Fatal(problem.Message)
	}
	stacks, list := m.Load([]string{"inference"})
	if len(list) > 0 {
		b.Fatal(list)
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			stacks[0].Builder().Graph()
		}
	})
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			if list := stacks[0].Builder().Validate(); len(list) > 0 {
				b.Fatal(list)
			}
		}
	})
	b.Run("part", func(b *testing.B) {
		builder := stacks[0].Builder()
		part, ok := builder.Graph().Part([]string{"axes"})
		if !ok {
			b.Fatal("the axes are no part")
		}
		for b.Loop() {
			if err := builder.Part(part, nil).Err(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// Reading one stack, alone and beside a hundred others: it should take as long.
func BenchmarkLoadOne(b *testing.B) {
	for _, others := range []int{0, 100} {
		b.Run(fmt.Sprintf("beside %d", others), func(b *testing.B) {
			files := map[string]string{"stages/app/app.cue": "package app" + stackText}
			for i := range others {
				files[fmt.Sprintf("stages/other%d/app.cue", i)] = "package app" + stackText
			}
			m := open(b, files)
			for b.Loop() {
				if stacks, list := m.Load([]string{"app"}); len(stacks) != 1 || len(list) > 0 {
					b.Fatal(list)
				}
			}
		})
	}
}
