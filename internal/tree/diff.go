package tree

import (
	"bytes"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff is one unified diff of what Apply would do, in the order of changes.
// prefix is put before each path. Where the lines of a file differ in their
// ends only, the carriage returns are shown as \r: a reader would otherwise see
// equal lines.
func Diff(changes []Change, prefix string) []byte {
	var out bytes.Buffer
	for _, c := range changes {
		before, after := prefix+c.Path, prefix+c.Path
		switch c.Kind {
		case Missing:
			before = "/dev/null"
		case Orphan:
			after = "/dev/null"
		case Modified, InTheWay:
		default:
			continue
		}
		text := diff.Diff(before, visible(c.Old), after, visible(c.New))
		// The library starts with a line of its own, "diff old new".
		_, text, _ = bytes.Cut(text, []byte("\n"))
		out.Write(text)
	}
	return out.Bytes()
}

func visible(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r"), []byte(`\r`)) }
