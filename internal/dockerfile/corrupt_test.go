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
				if joined([]byte(d)) == nil {
					t.Errorf("not caught in sections: %s", firstDifference(text, d))
				}
			}
			t.Logf("in %d places", len(damaged))
		})
	}
}

// joinedSample is the read-back of a file that is joined of sections.
func joinedSample(t *testing.T, f *File, emitted []byte) func(text []byte) error {
	t.Helper()
	sections, _ := inSections(f)
	var starts []int
	for _, s := range sections {
		above, _, found := bytes.Cut(emitted, s.text)
		if !found || s.err != nil {
			t.Fatalf("stage %q is not in the file: %v", s.stage.Name, s.err)
		}
		starts = append(starts, bytes.Count(above, []byte("\n")))
	}
	version, _ := Required(f, sections)
	readBack := func(text []byte) error { return verifyJoined(f, sections, starts, version, text) }
	if err := readBack(emitted); err != nil {
		t.Fatal(err)
	}
	return readBack
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
		inSections := joined(damaged)
		if Verify(f, damaged) != nil {
			if inSections == nil {
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
