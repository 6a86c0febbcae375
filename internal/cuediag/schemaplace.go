package cuediag

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/source"
)

// IsUser tells whether a place is in a file that the user writes.
func (p *Positions) IsUser(span source.Span) bool { return p.isUserFile(span.File) }

// SchemaValue is the place in the schema that a value comes from: the leftmost
// of the values there that were unified to it.
func (p *Positions) SchemaValue(v cue.Value) source.Span {
	pos, _ := p.schemaPos(v)
	return p.Span(pos)
}

func (p *Positions) schemaPos(v cue.Value) (token.Pos, bool) {
	if op, parts := v.Expr(); op == cue.AndOp {
		for _, part := range parts {
			if pos, ok := p.schemaPos(part); ok {
				return pos, true
			}
		}
		return token.NoPos, false
	}
	pos := expressionPos(v)
	file := p.file(pos)
	if file == "" || p.isUserFile(file) {
		return token.NoPos, false
	}
	return pos, true
}
