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
	sections, problems := inSections(f)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	b.Run("sections", func(b *testing.B) {
		for b.Loop() {
			inSections(f)
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
