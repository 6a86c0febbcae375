package cuediag

import (
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/source"
)

// PathString writes the path of an error as CUE source does: list elements in
// brackets.
func PathString(path []string) string {
	var b strings.Builder
	for _, elem := range path {
		if _, err := strconv.Atoi(elem); err == nil && b.Len() > 0 {
			b.WriteString("[" + elem + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(elem)
	}
	return b.String()
}

// selectors are the selectors of an error's path.
func selectors(path []string) []cue.Selector {
	var out []cue.Selector
	for _, elem := range path {
		if i, err := strconv.Atoi(elem); err == nil {
			out = append(out, cue.Index(i))
			continue
		}
		parsed := cue.ParsePath(elem)
		if parsed.Err() != nil {
			parsed = cue.MakePath(cue.Str(elem))
		}
		out = append(out, parsed.Selectors()...)
	}
	return out
}

// At is the user's place of the value at a path, or of the innermost value
// around it that the user wrote: the label of a field, an element of a list.
func (p *Positions) At(root cue.Value, path []cue.Selector) source.Span {
	for n := len(path); n > 0; n-- {
		v := root.LookupPath(cue.MakePath(path[:n]...))
		if !v.Exists() {
			continue
		}
		pos, ok := p.valuePos(v)
		if !ok {
			continue
		}
		last := path[n-1]
		if n < len(path) && last.LabelType() == cue.StringLabel {
			return p.Label(v, last.Unquoted())
		}
		return p.Span(pos)
	}
	return source.Span{}
}

// isLiteral tells whether the user wrote a value, rather than a reference, at
// a position: of several places that contradict, the value is the one to change.
func (p *Positions) isLiteral(pos token.Pos) bool {
	switch p.nodeAt(p.file(pos), pos.Offset()).(type) {
	case *ast.BasicLit, *ast.Interpolation, *ast.ListLit, *ast.StructLit, *ast.UnaryExpr:
		return true
	}
	return false
}

// schemaDoc is what the schema says of itself at the positions of an error: the
// first sentence about the field that the error is about, or about the kind of
// value that it takes. The latter goes first where a bound was violated.
func (p *Positions) schemaDoc(positions []token.Pos, path []string, bound bool) string {
	name := ""
	for _, elem := range path {
		if _, err := strconv.Atoi(elem); err != nil {
			name = elem
		}
	}
	var doc string
	best := 0
	for _, pos := range positions {
		file := p.file(pos)
		if file == "" || !p.isSchema(file) {
			continue
		}
		p.walk(file, pos.Offset(), func(n ast.Node) {
			field, ok := n.(*ast.Field)
			if !ok {
				return
			}
			label, _, err := ast.LabelName(field.Label)
			text := docText(n)
			if err != nil || text == "" {
				return
			}
			rank := 0
			_, isStruct := field.Value.(*ast.StructLit)
			switch {
			case label == name:
				rank = 2
			case strings.HasPrefix(label, "#") && !isStruct && bound:
				rank = 3
			case strings.HasPrefix(label, "#") && !isStruct:
				rank = 1
			}
			if rank > best {
				doc, best = text, rank
			}
		})
	}
	return firstSentence(doc)
}

func firstSentence(text string) string {
	if i := strings.Index(text, ". "); i >= 0 {
		return text[:i+1]
	}
	return text
}

// docText is the documentation of a field, as one line.
func docText(n ast.Node) string {
	for _, group := range ast.Comments(n) {
		if group.Doc {
			return oneLine(group.Text())
		}
	}
	return ""
}
