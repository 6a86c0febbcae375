package dockerfile

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// FuzzEmit throws arbitrary strings at every field of every instruction, and
// at all else that a file holds: Validate reports a problem, or the text that
// Emit writes has exactly the instructions of the file.
//
// The arguments are those of makeFile and bendSome. What was found stands as a
// file in regressions, not as bytes, whose meaning changes with ir.go.
func FuzzEmit(f *testing.F) {
	for kind := range instructionTypes {
		// As it is; something special before, in and behind each of its strings;
		// and all optional fields set.
		f.Add([]byte{byte(kind)}, []byte{}, []byte{})
		for n := range byte(12) {
			f.Add([]byte{byte(kind), n}, bytes.Repeat([]byte{n}, 40), []byte{0, 3 + n, 1<<3 | 3, 21 + n, 53 + n, 0, 7 + n, 2<<3 | n, 8 + n, 17 + n, 4})
		}
	}
	f.Fuzz(func(t *testing.T, kinds, shape, edits []byte) {
		// The rest of a long input would make files larger, but no other.
		shape, edits = shape[:min(len(shape), 80)], edits[:min(len(edits), 40)]
		holds(t, new(Memo), makeFile(kinds, shape, bendSome(edits)))
	})
}

// TestRandomFiles is FuzzEmit without a fuzzer, but with a memo for all files. It
// makes sure that it is not about refused files alone.
func TestRandomFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	some := func(most int) []byte {
		data := make([]byte, random.IntN(most))
		for n := range data {
			data[n] = byte(random.Uint32())
		}
		return data
	}
	const files = 4000
	written, m := 0, new(Memo)
	for range files {
		if holds(t, m, makeFile(some(4), some(200), bendSome(some(12)))) {
			written++
		}
	}
	t.Logf("%d of %d were written", written, files)
	if written < files/5 {
		t.Errorf("only %d of %d files were written: the others were refused", written, files)
	}
}
