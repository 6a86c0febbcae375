package dockerfile

import "testing"

// What one Dockerfile costs after it has been evaluated: written and read back
// as a whole, and joined of stages that other files have, too.
func BenchmarkFile(b *testing.B) {
	f := sampleFile()
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			text, _ := Emit(f)
			if err := Verify(f, text); err != nil {
				b.Fatal(err)
			}
		}
	})
	sections, problems := inSections(new(Memo), f)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	b.Run("sections", func(b *testing.B) {
		for b.Loop() {
			inSections(new(Memo), f)
		}
	})
	b.Run("joined", func(b *testing.B) {
		for b.Loop() {
			if _, err := Join(f, sections); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// What the stages of this repository cost: each by itself, and one after the
// other, as a run does it, so that an instruction that several have in common
// is read once.
func BenchmarkSection(b *testing.B) {
	stages := generatedStages(b)
	for _, bench := range []struct {
		name   string
		shared bool
	}{{"each", false}, {"run", true}} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				m := new(Memo)
				for _, s := range stages {
					if !bench.shared {
						m = new(Memo)
					}
					if section := m.Section(&File{}, s); len(section.Problems) > 0 || section.err != nil {
						b.Fatal(s.Name, section.Problems, section.err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(stages)), "ns/stage")
		})
	}
}
