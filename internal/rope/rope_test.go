package rope

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestRope(t *testing.T) {
	for _, tt := range []struct {
		rope Rope
		text string
	}{
		{nil, ""},
		{Rope{""}, ""},
		{Of("abc"), "abc"},
		{Of([]byte("abc")), "abc"},
		{Rope{"a", "", "bc"}, "abc"},
	} {
		if tt.rope.Len() != len(tt.text) || tt.rope.String() != tt.text || string(tt.rope.Bytes()) != tt.text {
			t.Errorf("%q: %d bytes, %q, %q", tt.rope, tt.rope.Len(), tt.rope, tt.rope.Bytes())
		}
		var out bytes.Buffer
		if n, err := tt.rope.WriteTo(&out); err != nil || n != int64(len(tt.text)) || out.String() != tt.text {
			t.Errorf("%q: wrote %q: %d bytes, %v", tt.rope, out.String(), n, err)
		}
		if !tt.rope.Equal([]byte(tt.text)) {
			t.Errorf("%q is not %q", tt.rope, tt.text)
		}
		for _, other := range []string{tt.text + "x", "x" + tt.text, "ab", "axc"} {
			if tt.rope.Equal([]byte(other)) {
				t.Errorf("%q is %q", tt.rope, other)
			}
		}
	}
}

// full takes two bytes.
type full struct{ left int }

func (w *full) Write(p []byte) (int, error) {
	if len(p) > w.left {
		n := w.left
		w.left = 0
		return n, errors.New("full")
	}
	w.left -= len(p)
	return len(p), nil
}

func TestWriteToFails(t *testing.T) {
	if n, err := (Rope{"a", "bcd", "e"}).WriteTo(&full{2}); n != 2 || err == nil {
		t.Errorf("wrote %d bytes: %v", n, err)
	}
}

func TestBuilder(t *testing.T) {
	var b Builder
	var want strings.Builder
	for i := range 3 * piece / 100 {
		text := strings.Repeat(string(rune('a'+i%26)), i%200)
		want.WriteString(text + text)
		b.WriteString(text)
		b.Write([]byte(text))
	}
	long := strings.Repeat("long", piece)
	b.WriteString(long)
	b.WriteRope(Rope{"rope", long})
	b.WriteString("end")
	want.WriteString(long + "rope" + long + "end")
	rope := b.Rope()
	if rope.String() != want.String() {
		t.Error("the text is not what was written")
	}
	if n := want.Len()/piece + 2; len(rope) > 2*n {
		t.Errorf("%d pieces, of which %d would do", len(rope), n)
	}
	if empty := new(Builder).Rope(); empty != nil {
		t.Errorf("nothing is %q", empty)
	}
}
