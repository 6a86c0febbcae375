// Package rope is text in pieces. Files that have much in common share the
// pieces: a thousand Dockerfiles take little more room than what differs.
package rope

import (
	"io"
	"strings"
)

// A Rope is a text: its pieces, one after the other. The nil Rope is empty.
type Rope []string

// Of is the text in one piece.
func Of[T string | []byte](text T) Rope { return Rope{string(text)} }

// Len is the number of bytes.
func (r Rope) Len() int {
	n := 0
	for _, piece := range r {
		n += len(piece)
	}
	return n
}

// Bytes is the text as one.
func (r Rope) Bytes() []byte {
	out := make([]byte, 0, r.Len())
	for _, piece := range r {
		out = append(out, piece...)
	}
	return out
}

func (r Rope) String() string { return strings.Join(r, "") }

// Equal tells whether the text is data.
func (r Rope) Equal(data []byte) bool {
	for _, piece := range r {
		if len(data) < len(piece) || string(data[:len(piece)]) != piece {
			return false
		}
		data = data[len(piece):]
	}
	return len(data) == 0
}

// WriteTo writes the text.
func (r Rope) WriteTo(w io.Writer) (int64, error) {
	var written int64
	for _, piece := range r {
		n, err := io.WriteString(w, piece)
		if written += int64(n); err != nil {
			return written, err
		}
	}
	return written, nil
}
