package cuediag

import (
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/datafile"
	"stagecue.dev/internal/source"
)

// A Text is a string of CUE's with where each part of it was written.
//
// It is read off the expression of the value, down to the literals, as far as
// that can be proved: the parts always add up to the string.
type Text struct {
	positions *Positions
	value     string
	// pos is where the expression starts.
	pos token.Pos
	// lines are where in the file the lines of a literal stand.
	lines []lineStart
	// refers is set where the only part is what the expression refers to.
	refers bool
	parts  []part
}

// part is a piece of a text that was put together.
type part struct {
	*Text
	// between marks what stands between two elements of a list that was joined:
	// it belongs to neither.
	between bool
}

// maxDepth is how far expressions are followed: references may go round in
// circles through values that are not needed for the text.
const maxDepth = 40

// Text finds out how a value was written, nil if it is no string.
func (p *Positions) Text(v cue.Value) *Text { return p.text(v, maxDepth) }

func (p *Positions) text(v cue.Value, depth int) *Text {
	s, err := v.String()
	if err != nil {
		return nil
	}
	t := &Text{positions: p, value: s, pos: expressionPos(v)}
	if depth == 0 {
		return t
	}
	op, args := v.Expr()
	switch op {
	case cue.AndOp, cue.OrOp:
		if chosen := p.chosen(s, args, depth-1); chosen != nil {
			return chosen
		}
	case cue.InterpolationOp, cue.AddOp:
		var parts []part
		for _, arg := range args {
			parts = append(parts, part{Text: p.text(arg, depth-1)})
		}
		if t.consistsOf(parts) {
			t.fragments(expression(v), args)
		}
	case cue.CallOp:
		if len(args) == 3 {
			t.consistsOf(p.joined(args[1], args[2], depth-1))
		}
	case cue.SelectorOp, cue.IndexOp:
		target := p.text(referent(v, args), depth-1)
		if target == nil || target.value != s {
			break
		}
		if isChoice(v) {
			return target
		}
		t.refers = t.consistsOf([]part{{Text: target}})
	case cue.NoOp:
		if literal, ok := expression(v).(*ast.BasicLit); ok {
			t.literal(literal.Value, escape(literal.Value))
		}
	}
	return t
}

// literal finds the lines of a literal.
func (t *Text) literal(raw, escape string) {
	at := t.pos.Position()
	if kind, ok := t.positions.kind(t.positions.file(t.pos)); ok && kind == datafile.Text {
		// The file is the literal.
		for n := range strings.Count(t.value, "\n") + 1 {
			t.lines = append(t.lines, lineStart{at.Line + n, 1})
		}
		return
	}
	lines := literalLines(raw, escape, lineStart{at.Line, at.Column})
	if len(lines) == strings.Count(t.value, "\n")+1 {
		t.lines = lines
	}
}

// fragments finds the lines of the literal parts of an interpolation. Only the
// first of them says what their escapes start with.
func (t *Text) fragments(node ast.Node, args []cue.Value) {
	interpolation, ok := node.(*ast.Interpolation)
	if !ok || len(interpolation.Elts) != len(args) {
		return
	}
	var escapes string
	for n, elt := range interpolation.Elts {
		// Texts and expressions take turns.
		if fragment, ok := elt.(*ast.BasicLit); ok && n%2 == 0 {
			if n == 0 {
				escapes = escape(fragment.Value)
			}
			t.parts[n].literal(fragment.Value, escapes)
		}
	}
}

// consistsOf sets the parts of a text, unless they are not what it is made of.
func (t *Text) consistsOf(parts []part) bool {
	var b strings.Builder
	for _, p := range parts {
		if p.Text == nil {
			return false
		}
		b.WriteString(p.value)
	}
	if b.String() != t.value {
		return false
	}
	t.parts = parts
	return true
}

// chosen is the one of several values that a text comes from: the first that
// has it, the user's before the schema's.
func (p *Positions) chosen(s string, values []cue.Value, depth int) *Text {
	var first *Text
	for _, v := range values {
		t := p.text(v, depth)
		if t == nil || t.value != s {
			continue
		}
		if p.isUser(t.pos) {
			return t
		}
		if first == nil {
			first = t
		}
	}
	return first
}

// joined are the parts of strings.Join. Of another function with two arguments,
// they would not add up to its result.
func (p *Positions) joined(list, separator cue.Value, depth int) []part {
	between := p.text(separator, depth)
	var parts []part
	items, err := list.List()
	for err == nil && items.Next() {
		if len(parts) > 0 {
			parts = append(parts, part{Text: between, between: true})
		}
		parts = append(parts, part{Text: p.text(items.Value(), depth)})
	}
	return parts
}

// span is the place of the whole expression.
func (t *Text) span() source.Span { return t.positions.Span(t.pos) }

// lineSpan is the place of a line of the literal.
func (t *Text) lineSpan(at lineStart) source.Span {
	span := t.span()
	if span.IsValid() && at.line != span.Line {
		return source.Span{File: span.File, Line: at.line, Column: at.column}
	}
	return span
}
