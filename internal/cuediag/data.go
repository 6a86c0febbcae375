package cuediag

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"

	"stagecue.dev/internal/datafile"
	"stagecue.dev/internal/source"
)

// Data notes that a file, by its absolute path, holds data of a kind rather than
// CUE. A file that is embedded as data and as text has the places of the data.
func (p *Positions) Data(name string, kind datafile.Kind) {
	rel, err := filepath.Rel(p.root, name)
	if err != nil {
		return
	}
	file := filepath.ToSlash(rel)
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.data[file]; !known || kind != datafile.Text && kind != datafile.Binary {
		p.data[file] = kind
	}
}

// kind is what a data file holds, false for one of CUE.
func (p *Positions) kind(file string) (datafile.Kind, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	kind, ok := p.data[file]
	return kind, ok
}

// dataSyntax is the syntax of a data file, nil where it has none.
func dataSyntax(kind datafile.Kind, name string, data []byte) *ast.File {
	var x ast.Expr
	if kind == datafile.JSON {
		// As it is written: what is made of it has other quotes around its keys.
		blank := bytes.Replace(data, []byte("\ufeff"), []byte("   "), 1)
		x, _ = parser.ParseExpr(name, blank)
	} else {
		x, _ = datafile.Decode(kind, name, data)
	}
	if x == nil {
		return nil
	}
	return &ast.File{Decls: []ast.Decl{&ast.EmbedDecl{Expr: x}}}
}

// endDatum sets where the scalar or key ends that starts at an offset, if the
// file has it as it is or in quotes. The end of the syntax is that of the CUE
// that was made of it.
func (p *Positions) endDatum(span *source.Span, offset int) {
	data, ok := p.read(span.File)
	if !ok || offset > len(data) {
		return
	}
	var forms []string
	p.walk(span.File, offset, func(n ast.Node) {
		if n.Pos().Offset() != offset {
			return
		}
		switch n := n.(type) {
		case *ast.BasicLit:
			forms = append(forms, n.Value)
			if text, err := literal.Unquote(n.Value); err == nil {
				forms = append(forms, strconv.Quote(text), "'"+text+"'", text)
			}
		case *ast.Ident:
			forms = append(forms, strconv.Quote(n.Name), "'"+n.Name+"'", n.Name)
		}
	})
	for _, form := range forms {
		if form != "" && !strings.Contains(form, "\n") && bytes.HasPrefix(data[offset:], []byte(form)) {
			span.EndLine, span.EndColumn = span.Line, span.Column+len(form)
			return
		}
	}
}
