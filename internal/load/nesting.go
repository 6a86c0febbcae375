package load

import (
	"fmt"

	"cuelang.org/go/cue/scanner"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// maxDepth is how deep a file may nest structs, lists, parentheses and
// interpolations. CUE's parser and evaluator call themselves for each level, and
// what they do for one grows with the number of those around it: CUE v0.17.1
// takes 0.1 s for 1,000 structs and 9 s for 10,000, 1.6 s for 1,000 conditions, and
// 10 s for 1,000 calls in a row.
const maxDepth = 500

// nesting reports a file, of a path in the module, that is nested too deep. It
// reads the tokens of the file and so never calls itself.
func nesting(file string, text []byte) *diag.Diagnostic {
	if openings(text) <= maxDepth {
		return nil
	}
	var s scanner.Scanner
	s.Init(token.NewFile(file, -1, len(text)), text, func(token.Pos, string, []any) {}, 0)
	d := depth{levels: make([]level, 1)}
	for {
		pos, tok, _ := s.Scan()
		if tok == token.EOF {
			return nil
		}
		if d.next(tok) {
			s.ResumeInterpolation()
		}
		if d.now > maxDepth {
			at := pos.Position()
			return &diag.Diagnostic{
				Code: diag.CodeTooDeep, Severity: diag.Error,
				Span:    source.Span{File: file, Line: at.Line, Column: at.Column},
				Message: fmt.Sprintf("the file is nested more than %d levels deep here", maxDepth),
				Help:    "give inner parts a name of their own (_name: ...), and refer to them",
			}
		}
	}
}

// openings counts the bytes that may begin a level.
func openings(text []byte) int {
	n := 0
	for _, b := range text {
		switch b {
		case '{', '[', '(', ':':
			n++
		}
	}
	return n
}

// depth counts the levels around a token.
type depth struct {
	levels []level
	now    int
	// inString is whether the token before was a piece of a string: a parenthesis
	// behind it is an interpolation. closed is whether it was a closing bracket: an
	// opening one behind it calls, or indexes, what stands before.
	inString, closed bool
}

// level is an open bracket.
type level struct {
	// chained counts the structs that labels in a row stand for, a: b: c: 1, and
	// what is called or indexed again and again: f(1)(2)[3].
	chained int
	// interpolation is whether the bracket stands in a string.
	interpolation bool
}

// next takes a token, and reports whether it ends the expression of an
// interpolation.
func (d *depth) next(tok token.Token) (resume bool) {
	top := &d.levels[len(d.levels)-1]
	closed := d.closed
	defer func() { d.inString = resume || tok == token.INTERPOLATION }()
	d.closed = tok == token.RBRACK || tok == token.RPAREN
	switch tok {
	case token.LBRACE, token.LBRACK, token.LPAREN:
		if closed && tok != token.LBRACE && !d.inString {
			top.chained++
			d.now++
		}
		d.levels = append(d.levels, level{interpolation: d.inString && tok == token.LPAREN})
		d.now++
	case token.RBRACE, token.RBRACK, token.RPAREN:
		if len(d.levels) == 1 {
			return false // CUE says what is wrong with it
		}
		d.now -= 1 + top.chained
		resume = top.interpolation && tok == token.RPAREN
		d.levels = d.levels[:len(d.levels)-1]
	case token.COLON:
		top.chained++
		d.now++
	case token.COMMA:
		d.now -= top.chained
		top.chained = 0
	}
	return resume
}
