package dockerfile

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// TestCorruptedEmitter corrupts what Emit writes in every place where that can
// be done: Verify must see it each time.
func TestCorruptedEmitter(t *testing.T) {
	f := sampleFile()
	emitted, _ := Emit(f)
	text := string(emitted)
	result, err := parser.Parse(bytes.NewReader(emitted))
	if err != nil {
		t.Fatal(err)
	}
	joined := joinedSample(t, f, emitted)
	for _, c := range corruptions {
		t.Run(c.name, func(t *testing.T) {
			damaged := c.apply(text, result.AST.Children)
			across := 0
			if len(damaged) == 0 {
				t.Fatal("the sample has nothing to corrupt in this way")
			}
			for _, d := range damaged {
				if d == text {
					t.Fatal("the corruption changes nothing")
				}
				if err := Verify(f, []byte(d)); err == nil {
					t.Errorf("not caught: %s", firstDifference(text, d))
				}
				switch one, err := joined([]byte(d)); {
				case !one:
					across++
				case err == nil:
					t.Errorf("not caught in sections: %s", firstDifference(text, d))
				}
			}
			t.Logf("in %d places, %d of them across sections", len(damaged), across)
		})
	}
}

// joinedSample is the read-back of a file that is joined of sections: of the
// piece in which a text differs. It tells whether there is one such piece; what
// is about several of them, joining them cannot do.
func joinedSample(t *testing.T, f *File, emitted []byte) func(text []byte) (one bool, err error) {
	t.Helper()
	sections, _ := inSections(f)
	text, err := Join(f, sections)
	if err != nil || !text.Equal(emitted) {
		t.Fatalf("joined: %v\n%s", err, text)
	}
	version, _ := Required(f, sections)
	return func(damaged []byte) (bool, error) {
		start := 0
		for i, piece := range text {
			rest := len(emitted) - start - len(piece)
			if len(damaged) >= start+rest && bytes.HasPrefix(damaged, emitted[:start]) && bytes.HasSuffix(damaged, emitted[len(emitted)-rest:]) {
				return true, readPiece(f, version, sections, i, string(damaged[start:len(damaged)-rest]))
			}
			start += len(piece)
		}
		return false, nil
	}
}

// readPiece reads a piece of a joined file back.
func readPiece(f *File, version string, sections []*Section, i int, piece string) error {
	switch {
	case i == 0:
		return verifyAbove(f, version, piece, sections[0])
	case i > len(sections):
		return verifyBelow(f, piece)
	case i == 1:
		piece = "\n" + piece
	}
	s := *sections[i-1]
	s.below = piece
	if err := s.verify(); err != nil || i > 1 {
		return err
	}
	if n := strings.Count(piece, "\n"); n < s.from {
		return fmt.Errorf("%d lines", n)
	}
	above, _ := emitAbove(f, version)
	return verifyAbove(f, version, above, &s)
}

// firstDifference is the first line that differs, before and after.
func firstDifference(a, b string) string {
	old, new := strings.Split(a, "\n"), strings.Split(b, "\n")
	for n := range old {
		if n >= len(new) || old[n] != new[n] {
			return fmt.Sprintf("line %d: %q is %q", n+1, old[n], new[min(n, len(new)-1)])
		}
	}
	return "something is added at the end"
}

// TestEveryByteCounts drops each byte of what Emit writes, one at a time.
func TestEveryByteCounts(t *testing.T) {
	f := sampleFile()
	text, _ := Emit(f)
	joined := joinedSample(t, f, text)
	missed := 0
	for n := range text {
		damaged := append(append([]byte{}, text[:n]...), text[n+1:]...)
		one, inSections := joined(damaged)
		if Verify(f, damaged) != nil {
			if one && inSections == nil {
				t.Errorf("not caught in sections: the last byte of %q is dropped", text[bytes.LastIndexByte(text[:n], '\n')+1:n+1])
			}
			continue
		}
		missed++
		if !isLayout(text, n) {
			t.Errorf("not caught: the last byte of %q is dropped", text[bytes.LastIndexByte(text[:n], '\n')+1:n+1])
		}
	}
	t.Logf("without one of %d of %d bytes, the meaning is another", len(text)-missed, len(text))
}

// isLayout reports whether a byte is there for readers only.
func isLayout(text []byte, n int) bool {
	start := bytes.LastIndexByte(text[:n], '\n') + 1
	line := text[start:n]
	rest, _, _ := bytes.Cut(text[n:], []byte("\n"))
	switch {
	case text[start] == '#':
		return true
	case text[n] == '\n':
		// One of two, or the last.
		return n+1 == len(text) || text[n+1] == '\n' || text[n-1] == '\n'
	case text[n] == ' ':
		// What sets a line in, and what stands before its backslash and between
		// the strings of a list.
		return len(bytes.TrimSpace(line)) == 0 || string(rest) == ` \` || line[len(line)-1] == ','
	}
	// The zero that says that a mode is octal.
	return bytes.HasSuffix(line, []byte("mode="))
}
