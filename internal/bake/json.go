package bake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// object is an object of JSON whose members stay in their order.
type object []member

type member struct {
	key string
	// value is nil, a string, an object or a list.
	value any
}

// list is a list of JSON.
type list []any

func texts(of []string) list {
	out := make(list, len(of))
	for i, s := range of {
		out[i] = s
	}
	return out
}

// width is how long a line may be to hold a whole list or object.
const width = 110

// text is the object as a file.
func (o object) text() []byte {
	var b bytes.Buffer
	// The first two levels are for people to find things in.
	b.WriteString("{\n")
	for i, m := range o {
		b.WriteString("  " + encode(m.key) + ": ")
		if inner, ok := m.value.(object); ok && len(inner) > 0 {
			b.WriteString("{\n")
			for k, m := range inner {
				b.WriteString("    " + encode(m.key) + ": ")
				write(&b, m.value, "    ", utf8.RuneCountInString(m.key)+8)
				b.WriteString(comma(k, len(inner)))
			}
			b.WriteString("  }")
		} else {
			write(&b, m.value, "  ", 0)
		}
		b.WriteString(comma(i, len(o)))
	}
	b.WriteString("}\n")
	return b.Bytes()
}

func comma(i, n int) string {
	if i < n-1 {
		return ",\n"
	}
	return "\n"
}

// write writes a value that begins behind so many characters: on one line, if it
// fits there.
func write(b *bytes.Buffer, value any, indent string, behind int) {
	line := inline(value)
	switch v := value.(type) {
	case object:
		if len(indent)+behind+utf8.RuneCountInString(line) > width {
			b.WriteString("{\n")
			for i, m := range v {
				b.WriteString(indent + "  " + encode(m.key) + ": ")
				write(b, m.value, indent+"  ", utf8.RuneCountInString(m.key)+4)
				b.WriteString(comma(i, len(v)))
			}
			b.WriteString(indent + "}")
			return
		}
	case list:
		if len(indent)+behind+utf8.RuneCountInString(line) > width {
			b.WriteString("[\n")
			for i, item := range v {
				b.WriteString(indent + "  ")
				write(b, item, indent+"  ", 0)
				b.WriteString(comma(i, len(v)))
			}
			b.WriteString(indent + "]")
			return
		}
	}
	b.WriteString(line)
}

// inline is a value on one line.
func inline(value any) string {
	var b bytes.Buffer
	switch v := value.(type) {
	case object:
		b.WriteByte('{')
		for i, m := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(encode(m.key) + ": " + inline(m.value))
		}
		b.WriteByte('}')
	case list:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(inline(item))
		}
		b.WriteByte(']')
	case nil:
		b.WriteString("null")
	case string:
		b.WriteString(encode(v))
	default:
		panic(fmt.Sprintf("bake: no JSON of %T", v))
	}
	return b.String()
}

// encode writes a string as JSON, as readable as it can be.
func encode(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r > '~' }) {
		return `"` + text + `"`
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err) // there is no string that is none
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}
