// Package cuediag turns what CUE says of positions and errors into the user's
// terms: a place in the user's own files first, the schema's as an explanation.
package cuediag

import (
	"path/filepath"
	"strings"
	"sync"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/datafile"
	"stagecue.dev/internal/source"
)

// Positions finds spans in the files of one module. It is safe for use by
// several goroutines.
type Positions struct {
	root     string
	isSchema func(file string) bool
	read     func(file string) ([]byte, bool)

	mu    sync.Mutex
	files map[string]*ast.File
	// data are the data files that are embedded, by path, with their kinds.
	data map[string]datafile.Kind
}

// NewPositions takes the absolute root of the module, a function that tells
// which of its files (by path relative to the root) belong to the schema, and
// one that reads a file.
func NewPositions(root string, isSchema func(string) bool, read func(string) ([]byte, bool)) *Positions {
	return &Positions{root: root, isSchema: isSchema, read: read, files: map[string]*ast.File{}, data: map[string]datafile.Kind{}}
}

// file is the path of a position's file relative to the module, "" if it lies
// outside of it.
func (p *Positions) file(pos token.Pos) string {
	if !pos.IsValid() || pos.Filename() == "" {
		return ""
	}
	name := pos.Filename()
	if filepath.IsAbs(name) {
		rel, err := filepath.Rel(p.root, name)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return ""
		}
		name = rel
	}
	return filepath.ToSlash(name)
}

// isUser tells whether a position is in a file that the user writes.
func (p *Positions) isUser(pos token.Pos) bool {
	return p.isUserFile(p.file(pos))
}

func (p *Positions) isUserFile(file string) bool {
	return file != "" && !p.isSchema(file) && (!strings.HasPrefix(file, "cue.mod/") || file == "cue.mod/module.cue")
}

// Span is the syntax that starts at pos, the innermost where several do.
// It is the zero Span for a position outside of the module.
func (p *Positions) Span(pos token.Pos) source.Span {
	file := p.file(pos)
	if file == "" {
		return source.Span{}
	}
	at := pos.Position()
	span := source.Span{File: file, Line: at.Line, Column: at.Column}
	if kind, ok := p.kind(file); ok && kind != datafile.JSON {
		p.endDatum(&span, pos.Offset())
	} else if node := p.nodeAt(file, pos.Offset()); node != nil {
		if end := node.End().Position(); end.Line > 0 {
			span.EndLine, span.EndColumn = end.Line, end.Column
		}
	}
	return span
}

// Value is the place in the user's files that a value comes from: the leftmost
// of the values that were unified to it. Value.Pos would be the schema's.
func (p *Positions) Value(v cue.Value) source.Span {
	pos, _ := p.valuePos(v)
	return p.Span(pos)
}

func (p *Positions) valuePos(v cue.Value) (token.Pos, bool) {
	return leftmost(v, func(v cue.Value) (token.Pos, bool) {
		pos := v.Pos()
		if field, ok := v.Source().(*ast.Field); ok {
			// The position of a field is its label's; the value is meant.
			pos = field.Value.Pos()
		}
		return pos, p.isUser(pos)
	})
}

// leftmost asks the values that were unified to one, from left to right, and
// then the one itself, until an answer will do.
func leftmost(v cue.Value, ask func(cue.Value) (token.Pos, bool)) (token.Pos, bool) {
	if op, parts := v.Expr(); op == cue.AndOp {
		for _, part := range parts {
			if pos, ok := leftmost(part, ask); ok {
				return pos, true
			}
		}
	}
	return ask(v)
}

// Label is the name of the innermost field called name that the value at pos
// is part of: for `cuda: major: 13` and a position in it, "cuda".
func (p *Positions) Label(v cue.Value, name string) source.Span {
	pos, ok := p.valuePos(v)
	if !ok {
		return source.Span{}
	}
	file := p.file(pos)
	var found ast.Label
	p.walk(file, pos.Offset(), func(n ast.Node) {
		if field, ok := n.(*ast.Field); ok {
			if label, _, err := ast.LabelName(field.Label); err == nil && label == name {
				found = field.Label
			}
		}
	})
	if found == nil {
		return p.Span(pos)
	}
	return p.node(file, found)
}

// Node is the span of a piece of syntax of a file that CUE has parsed.
func (p *Positions) Node(n ast.Node) source.Span {
	file := p.file(n.Pos())
	if file == "" {
		return source.Span{}
	}
	return p.node(file, n)
}

func (p *Positions) node(file string, n ast.Node) source.Span {
	if _, ok := p.kind(file); ok {
		return p.Span(n.Pos())
	}
	from, to := n.Pos().Position(), n.End().Position()
	return source.Span{File: file, Line: from.Line, Column: from.Column, EndLine: to.Line, EndColumn: to.Column}
}

// nodeAt is the operand that starts at an offset: the outermost selector, call
// or literal there, and the name where there is none of them.
func (p *Positions) nodeAt(file string, offset int) ast.Node {
	var operand, name ast.Node
	p.walk(file, offset, func(n ast.Node) {
		if n.Pos().Offset() != offset {
			return
		}
		switch n := n.(type) {
		case *ast.Ident:
			name = n
		case *ast.StructLit:
			if n.Lbrace.IsValid() && operand == nil {
				operand = n
			}
		case *ast.SelectorExpr, *ast.CallExpr, *ast.IndexExpr, *ast.BasicLit,
			*ast.Interpolation, *ast.ListLit, *ast.UnaryExpr, *ast.ParenExpr:
			if operand == nil {
				operand = n
			}
		}
	})
	if operand != nil {
		return operand
	}
	return name
}

// walk visits the nodes of a file that cover an offset, from the outside in.
func (p *Positions) walk(file string, offset int, visit func(ast.Node)) {
	f := p.parse(file)
	if f == nil {
		return
	}
	ast.Walk(f, func(n ast.Node) bool {
		if n == f {
			return true
		}
		if !n.Pos().IsValid() || n.Pos().Offset() > offset || offset > n.End().Offset() {
			return false
		}
		visit(n)
		return true
	}, nil)
}

// parse is the syntax of a file, nil where there is none to be had.
func (p *Positions) parse(file string) *ast.File {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f, ok := p.files[file]; ok {
		return f
	}
	var parsed *ast.File
	if data, ok := p.read(file); !ok {
	} else if kind, ok := p.data[file]; ok {
		parsed = dataSyntax(kind, filepath.Join(p.root, filepath.FromSlash(file)), data)
	} else {
		if f, err := parser.ParseFile(filepath.Join(p.root, filepath.FromSlash(file)), data, parser.ParseComments); err == nil {
			parsed = f
		}
	}
	p.files[file] = parsed
	return parsed
}
