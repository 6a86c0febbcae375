package evaluate

import (
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// datum is data as CUE evaluated it: a scalar, or a struct or list of data.
type datum struct {
	scalar scalar
	// elements are those of a list or struct, labels the names of fields.
	elements []datum
	labels   []string
	kind     cue.Kind
	// key tells it from other data.
	key string
}

// scalarDatum is a datum that is a scalar.
func scalarDatum(s scalar) datum {
	return datum{scalar: s, kind: s.kind, key: s.kind.String() + strconv.Quote(s.text)}
}

// newDatum takes over a value, if it is data: complete, without a default. Of a
// value that was not made of plain data there may be more than what is seen, so
// it has to be a scalar.
func newDatum(v cue.Value, plain bool) (datum, bool) {
	if !v.Exists() || v.Err() != nil {
		return datum{}, false
	}
	if s, ok := readScalar(v); ok {
		return scalarDatum(s), true
	}
	d := datum{kind: v.Kind()}
	switch {
	case !plain:
		return d, false
	case d.kind == cue.ListKind:
		return d.list(v)
	case d.kind == cue.StructKind:
		return d.fields(v)
	}
	return d, false
}

func (d datum) list(v cue.Value) (datum, bool) {
	items, err := v.List()
	for err == nil && items.Next() {
		if !d.add(items.Value()) {
			return d, false
		}
	}
	return d.keyed(), err == nil
}

func (d datum) fields(v cue.Value) (datum, bool) {
	fields, err := v.Fields(cue.All())
	for err == nil && fields.Next() {
		if s := fields.Selector(); s.LabelType() != cue.StringLabel || s.ConstraintType() != 0 {
			return d, false
		}
		if !d.add(fields.Value()) {
			return d, false
		}
		d.labels = append(d.labels, fields.Selector().Unquoted())
	}
	return d.keyed(), err == nil
}

func (d *datum) add(v cue.Value) bool {
	element, ok := newDatum(v, true)
	d.elements = append(d.elements, element)
	return ok
}

// keyed is the datum with its key. The order of fields is part of it, since
// loops go by that.
func (d datum) keyed() datum {
	var b strings.Builder
	b.WriteString(d.kind.String() + strconv.Itoa(len(d.elements)) + " ")
	for i, e := range d.elements {
		if i < len(d.labels) {
			b.WriteString(strconv.Quote(d.labels[i]))
		}
		b.WriteString(e.key)
	}
	d.key = b.String()
	return d
}

// syntax is the datum as it is written.
func (d datum) syntax() ast.Expr {
	switch d.kind {
	case cue.ListKind:
		list := &ast.ListLit{Elts: make([]ast.Expr, len(d.elements))}
		for i, e := range d.elements {
			list.Elts[i] = e.syntax()
		}
		return list
	case cue.StructKind:
		lit := &ast.StructLit{Elts: make([]ast.Decl, len(d.elements))}
		for i, e := range d.elements {
			lit.Elts[i] = &ast.Field{Label: ast.NewString(d.labels[i]), Value: e.syntax()}
		}
		return lit
	}
	return d.scalar.literal()
}

// holds tells whether a condition holds that came to it.
func (d datum) holds() bool { return d.scalar.text == "true" }
