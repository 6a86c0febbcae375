package bake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// object is an object of JSON whose members stay in their order.
type object []member

type member struct {
	key string
	// value is nil, a string, an object, a list or texts.
	value any
}

// list and texts are lists of JSON.
type (
	list  []object
	texts []string
)

// width is how long a line may be to hold a whole list or object.
const width = 110

func comma(i, n int) string {
	if i < n-1 {
		return ",\n"
	}
	return "\n"
}

func appendKey(out []byte, indent, key string) []byte {
	return append(appendText(append(out, indent...), key), ": "...)
}

// appendValue writes a value that begins behind so many characters: on one line,
// if it fits there.
func appendValue(out []byte, value any, indent string, behind int) []byte {
	start := len(out)
	out = appendInline(out, value)
	if len(indent)+behind+utf8.RuneCount(out[start:]) <= width {
		return out
	}
	switch v := value.(type) {
	case object:
		out = append(out[:start], "{\n"...)
		for i, m := range v {
			out = appendKey(out, indent+"  ", m.key)
			out = appendValue(out, m.value, indent+"  ", utf8.RuneCountInString(m.key)+4)
			out = append(out, comma(i, len(v))...)
		}
		out = append(append(out, indent...), '}')
	case list:
		out = append(out[:start], "[\n"...)
		for i, item := range v {
			out = appendValue(append(append(out, indent...), "  "...), item, indent+"  ", 0)
			out = append(out, comma(i, len(v))...)
		}
		out = append(append(out, indent...), ']')
	case texts:
		out = append(out[:start], "[\n"...)
		for i, text := range v {
			out = appendText(append(append(out, indent...), "  "...), text)
			out = append(out, comma(i, len(v))...)
		}
		out = append(append(out, indent...), ']')
	}
	return out
}

// appendInline writes a value on one line.
func appendInline(out []byte, value any) []byte {
	switch v := value.(type) {
	case object:
		out = append(out, '{')
		for i, m := range v {
			out = appendInline(appendKey(append(out, between(i)...), "", m.key), m.value)
		}
		return append(out, '}')
	case list:
		out = append(out, '[')
		for i, item := range v {
			out = appendInline(append(out, between(i)...), item)
		}
		return append(out, ']')
	case texts:
		out = append(out, '[')
		for i, text := range v {
			out = appendText(append(out, between(i)...), text)
		}
		return append(out, ']')
	case nil:
		return append(out, "null"...)
	case string:
		return appendText(out, v)
	default:
		panic(fmt.Sprintf("bake: no JSON of %T", v))
	}
}

func between(i int) string {
	if i > 0 {
		return ", "
	}
	return ""
}

// appendText writes a string as JSON, as readable as it can be.
func appendText(out []byte, text string) []byte {
	start, written := len(out), 0
	out = append(out, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' || c > '~':
			return append(out[:start], encode(text)...)
		case c == '"' || c == '\\':
			out = append(append(out, text[written:i]...), '\\')
			written = i
		}
	}
	return append(append(out, text[written:]...), '"')
}

// encode is any string as JSON.
func encode(text string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err) // there is no string that is none
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
