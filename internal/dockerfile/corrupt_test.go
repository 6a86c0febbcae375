package dockerfile

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"stagecue.dev/internal/rope"
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
// one part that is read by itself in which a text differs. It tells whether
// there is one such part; what is about several of them, or between them,
// putting them together cannot do.
func joinedSample(t *testing.T, f *File, emitted []byte) func(text []byte) (one bool, err error) {
	t.Helper()
	sections, _ := inSections(new(Memo), f)
	text, err := Join(f, sections)
	if err != nil || !text.Equal(emitted) {
		t.Fatalf("joined: %v\n%s", err, text)
	}
	parts := readParts(f, sections, text)
	return func(damaged []byte) (bool, error) {
		start := 0
		for _, part := range parts {
			// Empty lines are above all parts but the first.
			start += bytes.Index(emitted[start:], []byte(part.text))
			end := start + len(part.text)
			rest := len(emitted) - end
			if len(damaged) >= start+rest && bytes.HasPrefix(damaged, emitted[:start]) && bytes.HasSuffix(damaged, emitted[end:]) {
				return true, part.read(string(damaged[start : len(damaged)-rest]))
			}
			start = end
		}
		return false, nil
	}
}

// A readPart is what is read back by itself.
type readPart struct {
	text string
	read func(text string) error
}

// readParts are the parts of a file, in order.
func readParts(f *File, sections []*Section, text rope.Rope) []readPart {
	version, _ := Required(f, sections)
	above := text[0]
	parts := []readPart{{above, func(text string) error { return verifyAbove(f, version, text, sections[0]) }}}
	for i, s := range sections {
		for n := range 1 + len(s.stage.Steps) {
			parts = append(parts, readPart{newPiece(s.stage, n).text, func(text string) error {
				if err := readBack(s.stage, []placed{{text: text, n: n}}); err != nil || i+n > 0 {
					return err
				}
				first := *s
				first.head = text
				return verifyAbove(f, version, above, &first)
			}})
		}
	}
	if last := text[len(text)-1]; len(text) > 1+len(sections) {
		parts = append(parts, readPart{last, func(text string) error { return verifyBelow(f, text) }})
	}
	return parts
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
