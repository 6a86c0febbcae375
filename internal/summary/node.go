package summary

import (
	"fmt"
	"strconv"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// A Node is a view as plain data: what the schema's #TargetView, #StageView and
// #StepView describe. A fact that is not known has no field.
type Node struct {
	// Data is a string, a bool or an int; nil for a struct or a list.
	Data   any
	Fields []Field
	Items  []Node
	// List tells an empty list from an empty struct.
	List bool
	// Map is a struct whose names are the user's own.
	Map bool
	// At is where the fact comes from.
	At Place
}

// A Field is an entry of a struct.
type Field struct {
	Name  string
	Value Node
}

// Value is the data of a node as maps, slices and scalars.
func (n Node) Value() any {
	switch {
	case n.Data != nil:
		return n.Data
	case n.List:
		out := make([]any, len(n.Items))
		for i, item := range n.Items {
			out[i] = item.Value()
		}
		return out
	}
	out := make(map[string]any, len(n.Fields))
	for _, f := range n.Fields {
		out[f.Name] = f.Value.Value()
	}
	return out
}

// String tells nodes with other data apart.
func (n Node) String() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n Node) write(b *strings.Builder) {
	switch data := n.Data.(type) {
	case nil:
	case string:
		// Its length before it says where it ends, whatever is in it.
		b.WriteString(strconv.Itoa(len(data)))
		b.WriteByte('"')
		b.WriteString(data)
		return
	default:
		fmt.Fprintf(b, "%#v,", data)
		return
	}
	if n.List {
		b.WriteByte('[')
		for _, item := range n.Items {
			item.write(b)
		}
		b.WriteByte(']')
		return
	}
	b.WriteByte('{')
	for _, f := range n.Fields {
		Node{Data: f.Name}.write(b)
		f.Value.write(b)
	}
	b.WriteByte('}')
}

// Field is a field of a struct.
func (n Node) Field(name string) (Node, bool) {
	for _, f := range n.Fields {
		if f.Name == name {
			return f.Value, true
		}
	}
	return Node{}, false
}

// object collects the fields of a struct.
type object struct {
	Node
	// wanted tells by its name whether a field is to be collected; nil if all are.
	wanted func(name string) bool
}

// wants tells whether a field is to be collected. Where the names are the
// user's own, all are.
func (o *object) wants(name string) bool { return o.Map || o.wanted == nil || o.wanted(name) }

// inner is a struct within.
func (o *object) inner(n Node) object { return object{n, o.wanted} }

func (o *object) add(name string, n Node) {
	if o.wants(name) {
		o.Fields = append(o.Fields, Field{name, n})
	}
}

// text adds what is not empty.
func (o *object) text(name, value string, at Place) {
	if value != "" {
		o.add(name, Node{Data: value, At: at})
	}
}

func (o *object) fact(name string, t Text) {
	if t.Known {
		o.add(name, Node{Data: t.Value, At: t.At})
	}
}

// flag adds a truth.
func (o *object) flag(name string, value bool, at Place) {
	o.add(name, Node{Data: value, At: at})
}

func (o *object) number(name string, value *int, at Place) {
	if value != nil {
		o.add(name, Node{Data: *value, At: at})
	}
}

// strings adds a list that is not nil. Its elements are where at says, or, with
// an index, at the field of that name.
func (o *object) strings(name string, values []string, at Place, indexed bool) {
	if values == nil || !o.wants(name) {
		return
	}
	list := Node{List: true, At: at}
	for i, v := range values {
		place := at
		if indexed {
			place.Field = fmt.Sprintf("%s[%d]", at.Field, i)
		}
		list.Items = append(list.Items, Node{Data: v, At: place})
	}
	o.add(name, list)
}

// pairs adds a struct of strings.
func (o *object) pairs(name string, pairs []dockerfile.Pair, at Place) {
	if !o.wants(name) {
		return
	}
	fields := o.inner(Node{Map: true, At: at})
	for _, p := range pairs {
		fields.add(p.Name, Node{Data: p.Value, At: Place{at.Origin, at.Field + "." + dockerfile.FieldName(p.Name)}})
	}
	o.add(name, fields.Node)
}
