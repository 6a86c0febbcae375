package evaluate

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/dockerfile"
)

// A reader reads fields of a struct by their names, which costs a third of
// what decoding into a Go struct does. The struct has been validated: what is
// there has the type that the schema gives it, so a zero value means that the
// field is absent.
type reader struct {
	v cue.Value
	// known are all fields, where they have been read at once: that costs less
	// than to look for many that are absent.
	known map[string]cue.Value
}

// read reads all fields of a struct.
func read(v cue.Value) reader {
	r := reader{v, map[string]cue.Value{}}
	fields, err := v.Fields()
	for err == nil && fields.Next() {
		r.known[fields.Selector().Unquoted()] = fields.Value()
	}
	return r
}

func (r reader) field(name string) (cue.Value, bool) {
	if r.known != nil {
		v, ok := r.known[name]
		return v, ok
	}
	v := r.v.LookupPath(cue.MakePath(cue.Str(name)))
	return v, v.Exists()
}

func (r reader) has(name string) bool {
	_, ok := r.field(name)
	return ok
}

func (r reader) sub(name string) reader {
	v, _ := r.field(name)
	return reader{v: v}
}

func (r reader) str(name string) string {
	v, ok := r.field(name)
	if !ok {
		return ""
	}
	s, _ := v.String()
	return s
}

func (r reader) flag(name string) bool {
	v, ok := r.field(name)
	if !ok {
		return false
	}
	b, _ := v.Bool()
	return b
}

// optionalFlag tells an absent flag from a false one.
func (r reader) optionalFlag(name string) *bool {
	if !r.has(name) {
		return nil
	}
	b := r.flag(name)
	return &b
}

func (r reader) optionalString(name string) *string {
	if !r.has(name) {
		return nil
	}
	s := r.str(name)
	return &s
}

func (r reader) number(name string) *int {
	v, ok := r.field(name)
	if !ok {
		return nil
	}
	n, _ := v.Int64()
	i := int(n)
	return &i
}

// strings is nil for an absent list and empty for an empty one.
func (r reader) strings(name string) []string {
	list, ok := r.list(name)
	if !ok {
		return nil
	}
	out := make([]string, 0, len(list))
	for _, v := range list {
		s, _ := v.String()
		out = append(out, s)
	}
	return out
}

func (r reader) list(name string) ([]cue.Value, bool) {
	v, ok := r.field(name)
	if !ok {
		return nil, false
	}
	return elements(v), true
}

// elements are those of a list; none of what is no list.
func elements(v cue.Value) []cue.Value {
	var out []cue.Value
	it, err := v.List()
	for err == nil && it.Next() {
		out = append(out, it.Value())
	}
	return out
}

// pairs are the fields of a struct of strings, sorted by name: the order of
// fields in CUE has no meaning.
func (r reader) pairs(name string) []dockerfile.Pair {
	var out []dockerfile.Pair
	for _, f := range r.fields(name) {
		s, _ := f.value.String()
		out = append(out, dockerfile.Pair{Name: f.name, Value: s})
	}
	return out
}

// entry is a field with its name.
type entry struct {
	name  string
	value cue.Value
}

// fields are the fields of a struct, sorted by name.
func (r reader) fields(name string) []entry {
	v, ok := r.field(name)
	if !ok {
		return nil
	}
	return reader{v: v}.all()
}

// all are all fields, sorted by name.
func (r reader) all() []entry {
	var out []entry
	it, err := r.v.Fields()
	for err == nil && it.Next() {
		out = append(out, entry{it.Selector().Unquoted(), it.Value()})
	}
	slices.SortFunc(out, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return out
}
