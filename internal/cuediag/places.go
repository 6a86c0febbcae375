package cuediag

import (
	"slices"
	"strconv"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/errors"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// primary is the user's own place of an error.
func (p *Positions) primary(e errors.Error, root cue.Value, code diag.Code) source.Span {
	var user []source.Span
	best := source.Span{}
	if inner := cause(e); inner != e && p.isUser(inner.Position()) {
		return p.Span(inner.Position())
	}
	for _, pos := range errors.Positions(e) {
		if !p.isUser(pos) {
			continue
		}
		span := p.Span(pos)
		user = append(user, span)
		if p.isLiteral(pos) {
			best = span
		}
	}
	switch {
	case code == diag.CodeMissingField:
		// The user's place is the struct that lacks the field.
		if span := p.enclosing(root, e.Path()); span.IsValid() {
			return span
		}
	case code == diag.CodeUnknownReference || code == diag.CodeSyntax:
		if p.isUser(e.Position()) {
			return p.Span(e.Position())
		}
	case best.IsValid():
		return best
	}
	if span := p.enclosing(root, append(slices.Clone(e.Path()), "")); span.IsValid() && len(user) == 0 {
		return span
	}
	if len(user) > 0 {
		return user[len(user)-1]
	}
	return p.Span(e.Position())
}

// enclosing is the place of the innermost value above the last element of path
// that the user wrote.
func (p *Positions) enclosing(root cue.Value, path []string) source.Span {
	if len(path) == 0 {
		return source.Span{}
	}
	return p.At(root, selectors(path[:len(path)-1]))
}

// relateLiterals names the other values of the user's that an error is about.
func (p *Positions) relateLiterals(d *diag.Diagnostic, e errors.Error) {
	for _, pos := range slices.Concat(errors.Positions(e), cause(e).InputPositions()) {
		if !p.isUser(pos) || !p.isLiteral(pos) {
			continue
		}
		related := diag.Related{Span: p.Span(pos), Label: "the other value stands here"}
		if d.Code != diag.CodeConflict {
			related.Label = "the value stands here"
		}
		if related.Span != d.Span && !slices.Contains(d.Related, related) {
			d.Related = append(d.Related, related)
		}
	}
}

// internalCode tells errors that come up inside of what the schema works out.
func internalCode(code diag.Code) bool {
	return code == diag.CodeUnknownReference || code == diag.CodeIncomplete
}

// libraryStep is the part of a path that leads to a library step, where the
// path leads further: stages.x.steps[0].install. It is nil for other paths.
func libraryStep(root cue.Value, path []string) []string {
	for i := len(path) - 4; i >= 0; i-- {
		if _, err := strconv.Atoi(path[i+1]); path[i] != "steps" || err != nil {
			continue
		}
		step := path[:i+3]
		if root.LookupPath(cue.MakePath(append(selectors(step), cue.Str("expand"))...)).Exists() {
			return step
		}
		return nil
	}
	return nil
}
