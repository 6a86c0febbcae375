package evaluate

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/matrix"
)

// facts hold the scalar facts of each value of each axis as text that is the
// same for two values if the facts are: axis, value, fact. Other facts, which
// may have more to them than what is seen, are told apart by the axis's value.
type facts map[string]map[string]map[string]scalar

// scalar is a fact that is one string, whole number or boolean, or null.
type scalar struct {
	kind cue.Kind
	text string
	// key tells it from other scalars.
	key string
}

func newScalar(kind cue.Kind, text string) scalar {
	return scalar{kind, text, kind.String() + " " + text + "\x00"}
}

func newFacts(m *matrix.Matrix) facts {
	out := facts{}
	for _, axis := range m.Axes {
		out[axis.Name] = map[string]map[string]scalar{}
		for _, value := range axis.Values {
			scalars := map[string]scalar{}
			fields, err := value.CUE.Fields()
			for err == nil && fields.Next() {
				if s, ok := readScalar(fields.Value()); ok {
					scalars[fields.Selector().Unquoted()] = s
				}
			}
			out[axis.Name][value.Name] = scalars
		}
	}
	return out
}

func readScalar(v cue.Value) (scalar, bool) {
	if _, ok := v.Default(); ok {
		return scalar{}, false
	}
	kind := v.Kind()
	switch kind {
	case cue.StringKind:
		text, err := v.String()
		return newScalar(kind, text), err == nil
	case cue.IntKind, cue.BoolKind, cue.NullKind:
		text, err := v.MarshalJSON()
		return newScalar(kind, string(text)), err == nil
	}
	return scalar{}, false
}

func (s scalar) literal() ast.Expr {
	switch s.kind {
	case cue.StringKind:
		return ast.NewString(s.text)
	case cue.IntKind:
		return ast.NewLit(token.INT, s.text)
	case cue.BoolKind:
		return ast.NewBool(s.text == "true")
	}
	return ast.NewNull()
}

// of are the facts that are read, for a variant.
func (f facts) of(reads []depend.Read, variant matrix.Variant) []depend.Fact {
	out := make([]depend.Fact, len(reads))
	for i, r := range reads {
		out[i] = depend.Fact{Read: r, Value: variant.Value(r.Axis)}
		if s, ok := f[r.Axis][variant.Value(r.Axis)][r.Fact]; ok {
			out[i].Literal = s.literal()
		}
	}
	return out
}

// tellAll tells whether some facts are other ones for each variant.
func (f facts) tellAll(reads []depend.Read) bool {
	for axis, values := range f {
		seen := map[string]bool{}
		for value := range values {
			of := slices.DeleteFunc(slices.Clone(reads), func(r depend.Read) bool { return r.Axis != axis })
			seen[f.key(of, matrix.Variant{Values: []matrix.Chosen{{Axis: axis, Value: value}}})] = true
		}
		if len(seen) < len(values) {
			return false
		}
	}
	return true
}

// key tells variants apart as far as some facts go.
func (f facts) key(reads []depend.Read, variant matrix.Variant) string {
	var b strings.Builder
	for _, r := range reads {
		if s, ok := f[r.Axis][variant.Value(r.Axis)][r.Fact]; ok {
			b.WriteString(s.key)
			continue
		}
		b.WriteString("value ")
		b.WriteString(variant.Value(r.Axis))
		b.WriteByte(0)
	}
	return b.String()
}
