package tree

import (
	"bytes"
	"fmt"

	"github.com/rogpeppe/go-internal/diff"

	"stagecue.dev/internal/plain"
)

// Diff is one unified diff of what Apply would do, in the order of changes.
// prefix is put before each path; an absent side is /dev/null.
//
// Characters that nobody sees, or that a terminal would obey, are escaped as in
// a Go string: a carriage return, by which the lines of a file may differ while
// they look the same, is shown as \r. Such a diff is for reading, not for patch.
func Diff(changes []Change, prefix string) []byte {
	var out bytes.Buffer
	for _, c := range changes {
		before, after := plain.Line(prefix+c.Path), plain.Line(prefix+c.Path)
		switch c.Kind {
		case Missing:
			before = "/dev/null"
		case Orphan:
			after = "/dev/null"
		case Modified, InTheWay:
		default:
			continue
		}
		text := diff.Diff(before, visible(c.Old), after, visible(c.New.Bytes()))
		if text == nil {
			// An empty file, or a text that holds the escaped form already.
			fmt.Fprintf(&out, "--- %s\n+++ %s\n", before, after)
			continue
		}
		// The library starts with a line of its own, "diff old new".
		_, text, _ = bytes.Cut(text, []byte("\n"))
		out.Write(text)
	}
	return out.Bytes()
}

// visible escapes all that is not printed as itself, line feeds and tabs aside.
func visible(data []byte) []byte { return []byte(plain.Lines(string(data))) }
