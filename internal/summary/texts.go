package summary

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// Texts are facts whose names are the user's own: what one instruction sets, on
// top of what was there before, which all that stands on it shares. They are not
// changed once they are made. The nil Texts are none.
type Texts struct {
	before *Texts
	// pairs are those of the instruction, as they are written; values are what
	// they come to, nil if that is the same.
	pairs  []dockerfile.Pair
	values []string
	// prefix and a name are the field of the instruction at origin.
	prefix string
	origin dockerfile.Origin
}

// Names are all of them, in order.
func (t *Texts) Names() []string {
	var out []string
	for ; t != nil; t = t.before {
		for _, p := range t.pairs {
			out = append(out, p.Name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// text is what one of the pairs comes to.
func (t *Texts) text(i int) Text {
	p := t.pairs[i]
	if t.values != nil {
		p.Value = t.values[i]
	}
	return Text{Value: p.Value, Known: true, At: Place{t.origin, t.prefix + dockerfile.FieldName(p.Name)}}
}

// value is the value that a name has been set to last, if it is certain: one
// that is not holds variables itself.
func (t *Texts) value(name string) (string, bool) {
	for ; t != nil; t = t.before {
		for i, p := range slices.Backward(t.pairs) {
			if p.Name == name {
				if t.values != nil {
					p.Value = t.values[i]
				}
				return p.Value, !strings.Contains(p.Value, "$")
			}
		}
	}
	return "", false
}

// fields are all of them as a struct has them.
func (t *Texts) fields() []Field {
	var out []Field
	seen := map[string]bool{}
	for ; t != nil; t = t.before {
		for i, p := range slices.Backward(t.pairs) {
			if !seen[p.Name] {
				seen[p.Name] = true
				text := t.text(i)
				out = append(out, Field{p.Name, Node{Data: text.Value, At: text.At}})
			}
		}
	}
	slices.SortFunc(out, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// set adds the pairs of an instruction; all of them see the values from before.
func (c *Config) set(to *Texts, pairs []dockerfile.Pair, prefix string, o dockerfile.Origin) *Texts {
	out := &Texts{before: to, pairs: pairs, prefix: prefix, origin: o}
	if slices.ContainsFunc(pairs, func(p dockerfile.Pair) bool { return strings.Contains(p.Value, "$") }) {
		out.values = make([]string, len(pairs))
		for i, p := range pairs {
			out.values[i] = c.expanded(p.Value)
		}
	}
	return out
}
