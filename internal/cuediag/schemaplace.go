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
	pos, ok := leftmost(v, func(v cue.Value) (token.Pos, bool) {
		pos := expressionPos(v)
		file := p.file(pos)
		return pos, file != "" && !p.isUserFile(file)
	})
	if !ok {
		return source.Span{}
	}
	return p.Span(pos)
}
