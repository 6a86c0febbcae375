package datafile

import (
	"bytes"
	stdjson "encoding/json"
	stderrors "errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
	"cuelang.org/go/encoding/json"
	"cuelang.org/go/encoding/toml"
	"cuelang.org/go/encoding/yaml"
)

// A Fault is why a file holds no data of its kind.
type Fault struct {
	// Message completes the sentence "the file is no JSON: ...".
	Message string
	// Pos is where the data goes wrong.
	Pos token.Pos
	// Other is the first of two keys that are the same.
	Other token.Pos
}

// byteOrderMark may stand in front of a text.
const byteOrderMark = "\ufeff"

// Decode reads the bytes of a file as an expression. Positions in it have the
// given name.
func Decode(kind Kind, name string, data []byte) (ast.Expr, *Fault) {
	start := position(name, data, 0)
	if kind == Binary {
		return &ast.BasicLit{Kind: token.STRING, ValuePos: start, Value: literal.Bytes.Quote(string(data))}, nil
	}
	if !utf8.Valid(data) {
		return nil, &Fault{Message: "it is not encoded in UTF-8", Pos: position(name, data, invalidUTF8(data))}
	}
	text, marked := bytes.CutPrefix(data, []byte(byteOrderMark))
	if (kind == JSON || kind == YAML) && len(bytes.TrimSpace(text)) == 0 {
		return nil, &Fault{Message: "it is empty", Pos: start}
	}
	if marked && (kind == JSON || kind == TOML) {
		// Blanks keep the columns of the first line.
		text = append([]byte("   "), text...)
	}
	switch kind {
	case Text:
		return &ast.BasicLit{Kind: token.STRING, ValuePos: start, Value: literal.String.Quote(string(text))}, nil
	case TOML:
		x, err := toml.NewDecoder(name, bytes.NewReader(text)).Decode()
		if err != nil {
			return nil, fault(err, start)
		}
		return x, nil
	case YAML:
		return decodeYAML(name, text, start)
	}
	return decodeJSON(name, text, start)
}

func decodeJSON(name string, text []byte, start token.Pos) (ast.Expr, *Fault) {
	x, err := json.Extract(name, text)
	if err != nil {
		f := fault(err, start)
		var syntax *stdjson.SyntaxError
		if err := stdjson.Unmarshal(text, new(any)); stderrors.As(err, &syntax) {
			f = &Fault{Message: syntax.Error(), Pos: position(name, text, int(syntax.Offset)-1)}
		}
		return nil, f
	}
	return x, repeated(x, true)
}

func decodeYAML(name string, text []byte, start token.Pos) (ast.Expr, *Fault) {
	// YAML takes these for ends of lines and CUE v0.17.1 does not: it panics.
	for _, end := range []string{"\r", "\u0085", "\u2028", "\u2029"} {
		rest := bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n\n"))
		if at := bytes.Index(rest, []byte(end)); at >= 0 {
			return nil, &Fault{Message: fmt.Sprintf("it holds the character %+q, which ends a line in YAML", end), Pos: position(name, text, at)}
		}
	}
	f, err := yaml.Extract(name, text)
	if err != nil {
		return nil, faultYAML(err, name, text, start)
	}
	var x ast.Expr = &ast.StructLit{Elts: f.Decls}
	if len(f.Decls) == 1 {
		if embedded, ok := f.Decls[0].(*ast.EmbedDecl); ok {
			x = embedded.Expr
		}
	}
	if _, ok := x.(*ast.BinaryExpr); ok {
		// CUE reads a file of comments alone as `*null | _`: anything goes, and a
		// default beside the attribute would take the place of the data.
		return nil, &Fault{Message: "it is empty", Pos: start}
	}
	if list, ok := x.(*ast.ListLit); ok && !list.Lbrack.HasAbsPos() {
		at := start
		if len(list.Elts) > 1 && list.Elts[1].Pos().IsValid() {
			at = list.Elts[1].Pos()
		}
		return nil, &Fault{Message: "it holds more than one document", Pos: at}
	}
	return x, repeated(x, false)
}

// faultYAML is what is wrong by an error that has its place in its text, as in
// "name:2: could not find expected ':'".
func faultYAML(err error, name string, text []byte, start token.Pos) *Fault {
	f := fault(err, start)
	rest, ok := strings.CutPrefix(f.Message, name+":")
	number, message, also := strings.Cut(rest, ": ")
	line, err := strconv.Atoi(number)
	if !ok || !also || err != nil {
		return f
	}
	offset := 0
	for i := range text {
		if line > 1 && text[i] == '\n' {
			line, offset = line-1, i+1
		}
	}
	return &Fault{Message: message, Pos: position(name, text, offset)}
}

// fault is what is wrong by an error of CUE's.
func fault(err error, start token.Pos) *Fault {
	first := errors.Errors(err)[0]
	f := &Fault{Message: first.Error(), Pos: start}
	for _, pos := range errors.Positions(first) {
		if pos.IsValid() {
			f.Pos = pos
			break
		}
	}
	return f
}

// repeated finds a key that a struct has twice: which one counts would depend on
// who reads the file. In JSON, keys are quoted.
func repeated(x ast.Expr, quoted bool) (f *Fault) {
	ast.Walk(x, func(n ast.Node) bool {
		lit, ok := n.(*ast.StructLit)
		if !ok || f != nil {
			return f == nil
		}
		seen := map[string]token.Pos{}
		for _, elt := range lit.Elts {
			field, ok := elt.(*ast.Field)
			if !ok {
				continue
			}
			name, _, err := ast.LabelName(field.Label)
			if err != nil {
				continue
			}
			at := field.Label.Pos()
			if _, unquoted := field.Label.(*ast.Ident); unquoted && quoted {
				at = at.Add(-1) // CUE has taken the quotes away
			}
			if first, ok := seen[name]; ok {
				f = &Fault{Message: "the key " + literal.String.Quote(name) + " stands twice in one object", Pos: at, Other: first}
				return false
			}
			seen[name] = at
		}
		return true
	}, nil)
	return f
}

// position is a place in a file.
func position(name string, data []byte, offset int) token.Pos {
	file := token.NewFile(name, 0, len(data))
	file.SetLinesForContent(data)
	return file.Pos(min(max(offset, 0), len(data)), token.NoRelPos)
}

func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return 0
}
