package index

import (
	"bytes"
	"encoding/json"
	"fmt"

	"stagecue.dev/internal/rope"
)

// Text is the index as a file. It is made to be compared line by line: a stage
// is a line, a variant some, so that a change of one thing is a change of few
// lines. Header says in a first line whose file it is.
func (x *Index) Text(header string) (rope.Rope, error) {
	w := &writer{}
	w.text("{\n")
	w.field("//", header)
	w.field("version", x.Version)
	w.field("stack", x.Stack)
	w.text("\"axes\": [")
	for i, a := range x.Axes {
		w.text(comma(i) + "\n{\"name\": ").json(a.Name).text(", \"values\": [")
		for i, v := range a.Values {
			w.text(comma(i) + "\n ").json(v)
		}
		w.text("]}")
	}
	w.text("],\n\"stages\": [")
	for i, s := range x.Stages {
		w.text(comma(i) + "\n").json(s)
	}
	w.text("],\n\"variants\": [")
	for i := range x.Variants {
		w.text(comma(i) + "\n")
		w.variant(&x.Variants[i])
	}
	w.text("]\n}\n")
	return rope.Of(w.b.Bytes()), w.err
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// writer collects text and the first error.
type writer struct {
	b   bytes.Buffer
	err error
}

func (w *writer) text(s string) *writer {
	w.b.WriteString(s)
	return w
}

// json writes a value on one line, with <, > and & as they are.
func (w *writer) json(v any) *writer {
	enc := json.NewEncoder(&w.b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil && w.err == nil {
		w.err = fmt.Errorf("index: %w", err)
	}
	w.b.Truncate(len(bytes.TrimSuffix(w.b.Bytes(), []byte("\n"))))
	return w
}

// field writes a field of the file on a line of its own.
func (w *writer) field(name string, v any) {
	w.json(name).text(": ").json(v).text(",\n")
}

// variant writes what is said of the Dockerfile on a line, and each target,
// the stages and each parent on another.
func (w *writer) variant(v *Variant) {
	w.json(v.About)
	w.b.Truncate(w.b.Len() - len("}"))
	w.text(",\n \"targets\": [")
	for i, t := range v.Targets {
		w.text(comma(i) + "\n  ").json(t)
	}
	w.text("],\n \"stages\": ").json(v.Stages)
	if len(v.Parents) > 0 {
		w.text(",\n \"parents\": [")
		for i, p := range v.Parents {
			w.text(comma(i) + "\n  ").json(p)
		}
		w.text("]")
	}
	w.text("}")
}
