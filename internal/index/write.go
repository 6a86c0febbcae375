package index

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"

	"stagecue.dev/internal/rope"
)

// Text is the index as a file. It is made to be compared line by line: a stage
// is a line, a variant some, so that a change of one thing is a change of few
// lines. Header says in a first line whose file it is.
func (x *Index) Text(header string) (rope.Rope, error) {
	return x.text(header, func(yield func(*Variant) bool) {
		for i := range x.Variants {
			if !yield(&x.Variants[i]) {
				return
			}
		}
	})
}

// text is the index with some variants as a file.
func (x *Index) text(header string, variants iter.Seq[*Variant]) (rope.Rope, error) {
	w := newWriter()
	w.text("{\n")
	w.field("//", header)
	w.field("version", x.Version)
	w.field("stack", x.Stack)
	w.text("\"axes\": [")
	for i, a := range x.Axes {
		w.text(comma(i) + "\n{\"name\": ").json(a.Name).text(", \"values\": [")
		for i := range a.Values {
			w.text(comma(i)).text("\n ").json(&a.Values[i])
		}
		w.text("]}")
	}
	w.text("],\n\"stages\": [")
	for i := range x.Stages {
		w.text(comma(i)).text("\n").json(&x.Stages[i])
	}
	w.text("],\n\"variants\": [")
	i := 0
	for v := range variants {
		w.text(comma(i)).text("\n")
		w.variant(v)
		i++
	}
	w.text("]\n}\n")
	return w.out.Rope(), w.err
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// writer collects text and the first error.
type writer struct {
	out rope.Builder
	// line is the JSON of one value, which encoder writes.
	line    bytes.Buffer
	encoder *json.Encoder
	err     error
}

// newWriter is one that leaves <, > and & as they are.
func newWriter() *writer {
	w := &writer{}
	w.encoder = json.NewEncoder(&w.line)
	w.encoder.SetEscapeHTML(false)
	return w
}

func (w *writer) text(s string) *writer {
	w.out.WriteString(s)
	return w
}

// json writes a value on one line.
func (w *writer) json(v any) *writer {
	w.out.Write(w.encode(v))
	return w
}

// encode is the JSON of a value, until the next one.
func (w *writer) encode(v any) []byte {
	w.line.Reset()
	if err := w.encoder.Encode(v); err != nil && w.err == nil {
		w.err = fmt.Errorf("index: %w", err)
	}
	return bytes.TrimSuffix(w.line.Bytes(), []byte("\n"))
}

// field writes a field of the file on a line of its own.
func (w *writer) field(name string, v any) {
	w.json(name).text(": ").json(v).text(",\n")
}

// variant writes what is said of the Dockerfile on a line, and each target,
// the stages and each parent on another.
func (w *writer) variant(v *Variant) {
	w.out.Write(bytes.TrimSuffix(w.encode(&v.About), []byte("}")))
	w.text(",\n \"targets\": [")
	for i := range v.Targets {
		w.text(comma(i)).text("\n  ").json(&v.Targets[i])
	}
	w.text("],\n \"stages\": ").json(v.Stages)
	if len(v.Parents) > 0 {
		w.text(",\n \"parents\": [")
		for i := range v.Parents {
			w.text(comma(i)).text("\n  ").json(&v.Parents[i])
		}
		w.text("]")
	}
	w.text("}")
}
