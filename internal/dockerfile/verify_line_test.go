package dockerfile

import (
	"bytes"
	"testing"
)

// What does not read back is said to be at its line of the text.
func TestLineOfDifference(t *testing.T) {
	f := &File{Stages: []Stage{
		{Name: "a", From: "debian:12", Steps: []Step{{Instruction: User{Name: "x"}}, {Instruction: Run{Shell: "a \\\n b"}}}},
		{Name: "b", From: "a"},
	}, Default: "b"}
	text, lines := Emit(f)
	for _, tt := range []struct {
		old, new string
		line     int
	}{
		{"USER x", "USER y", 2},
		{" b\n", " c\n", 4},
		{"FROM a AS b", "FROM a AS c", 7},
		{"USER x", "USR x", 2},
		{"FROM debian:12 AS a\n", "", 1},
	} {
		if !bytes.Contains(text, []byte(tt.old)) {
			t.Fatalf("%q is not in\n%s", tt.old, text)
		}
		err := Verify(f, bytes.Replace(text, []byte(tt.old), []byte(tt.new), 1))
		if got := LineOf(err); err == nil || got != tt.line {
			t.Errorf("with %q, %v is at line %d, want %d (of %d)", tt.new, err, got, tt.line, len(lines))
		}
	}
	if got := LineOf(nil); got != 0 {
		t.Errorf("nothing is at line %d", got)
	}
}
