package load

import "testing"

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
