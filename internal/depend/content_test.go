package depend

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
)

// everything has all of CUE's syntax in it.
const everything = `
@if(x)
package p
import s "strings"
import ("list", t "time")
// Doc.
a: b?: c!: 1 @attr(x)
#D: {x: string | *"d", ...}
_h: {for k, v in a if k == "b" let w = v {"\(k)": w}, {e: null}}
f: [...int] & [1, 2, ...]
g: {[=~"^x"]: >=1 & <2.5, [string]: _, "quoted name": true}
let L = g.x[0] + -1 * (2 + 3)
i: s.ToUpper("x\(L)y\("z")") + """
	multi \(1)
	"""
j: _|_ | !true | #"raw"# | '\x00' | 0x10
k: A={l: A.m, m: 1}
n: [for x in f {x}]
o: f[0:1] | f[1:] | f[:1] | f[:]
(i): "p"
`

// TestContent changes syntax everywhere, in each way that its types allow: where
// CUE would print another text then, the content must be another one, too.
func TestContent(t *testing.T) {
	files := map[string]string{"everything": everything}
	for _, path := range []string{"../../stages/notebooks/datascience.cue", "../../schema/mount.cue"} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[path] = string(data)
	}
	seen := map[string]bool{}
	for name, text := range files {
		file, err := parser.ParseFile(name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		m := &mutations{t: t, file: file, seen: seen}
		var nodes []ast.Node
		ast.Walk(file, func(n ast.Node) bool { nodes = append(nodes, n); return true }, nil)
		for _, n := range nodes {
			m.change(n)
		}
		t.Logf("%s: %d changes, of which %d matter", name, m.tried, m.mattered)
		if m.mattered == 0 {
			t.Errorf("%s: nothing matters", name)
		}
	}
	for _, kind := range strings.Fields(`Alias.Ident Attribute.Text BasicLit.Value BinaryExpr.Op BinaryExpr.X BinaryExpr.Y
		CallExpr.Args CallExpr.Fun Comprehension.Clauses Comprehension.Value EmbedDecl.Expr Ellipsis.Type Field.Constraint
		Field.Label Field.Value Field.Attrs File.Decls ForClause.Key ForClause.Value ForClause.Source Ident.Name
		IfClause.Condition ImportDecl.Specs ImportSpec.Name ImportSpec.Path IndexExpr.X IndexExpr.Index Interpolation.Elts
		LetClause.Ident LetClause.Expr ListLit.Elts Package.Name ParenExpr.X SelectorExpr.X SelectorExpr.Sel SliceExpr.Low
		SliceExpr.High SliceExpr.X StructLit.Elts UnaryExpr.Op UnaryExpr.X`) {
		if !seen[kind] {
			t.Errorf("%s was never changed so that it matters", kind)
		}
	}
}

// mutations are changes of a file, and what became of them.
type mutations struct {
	t               *testing.T
	file            *ast.File
	text, content   []byte
	tried, mattered int
	seen            map[string]bool
}

func (m *mutations) now() (text, content []byte) {
	// Not everything that can be made is syntax that can be printed.
	defer func() { _ = recover() }()
	// Comments say nothing, here or there.
	text, err := format.Node(m.file)
	if err != nil {
		return nil, nil
	}
	return text, AppendContent(nil, m.file)
}

// change changes each field of a node, one after the other, for a moment.
func (m *mutations) change(n ast.Node) {
	v := reflect.ValueOf(n).Elem()
	switch n.(type) {
	case *ast.Comment, *ast.CommentGroup:
		return
	}
	for i := range v.NumField() {
		f, field := v.Field(i), v.Type().Field(i)
		name := v.Type().Name() + "." + field.Name
		if !field.IsExported() || field.Type == reflect.TypeFor[token.Pos]() || slices.Contains([]string{"Ident.Scope", "Ident.Node", "File.Filename", "File.Unresolved"}, name) {
			continue
		}
		before := reflect.New(f.Type()).Elem()
		before.Set(f)
		for _, other := range others(f) {
			// What is printed may change how the next text is laid out.
			m.text, m.content = m.now()
			f.Set(other)
			m.compare(name)
			f.Set(before)
		}
	}
}

func (m *mutations) compare(name string) {
	m.tried++
	text, content := m.now()
	if content == nil || bytes.Equal(text, m.text) {
		return
	}
	m.mattered++
	m.seen[name] = true
	if bytes.Equal(content, m.content) {
		m.t.Errorf("%s: the content is the same for\n%s\nand\n%s", name, m.text, text)
	}
}

// others are other values for a field.
func others(f reflect.Value) []reflect.Value {
	var out []reflect.Value
	switch f.Kind() {
	case reflect.String:
		out = append(out, reflect.ValueOf(f.String()+"x"))
	case reflect.Int:
		for _, op := range []token.Token{token.ADD, token.MUL, token.OPTION, token.NOT, token.SUB, token.ILLEGAL} {
			out = append(out, reflect.ValueOf(op))
		}
	case reflect.Slice:
		if f.Len() == 0 {
			return nil
		}
		for _, i := range []int{0, f.Len() - 1} {
			out = append(out, reflect.AppendSlice(f.Slice3(0, i, i), f.Slice(i+1, f.Len())))
		}
		swapped := reflect.AppendSlice(reflect.MakeSlice(f.Type(), 0, f.Len()), f)
		last := reflect.ValueOf(f.Index(0).Interface())
		swapped.Index(0).Set(f.Index(f.Len() - 1))
		swapped.Index(f.Len() - 1).Set(last)
		out = append(out, swapped)
	case reflect.Interface:
		out = append(out, reflect.Zero(f.Type()))
		for _, n := range []ast.Node{ast.NewIdent("other"), ast.NewString("other"), ast.NewStruct(), ast.NewList(ast.NewIdent("x"))} {
			if reflect.TypeOf(n).Implements(f.Type()) {
				out = append(out, reflect.ValueOf(n))
			}
		}
	case reflect.Pointer:
		out = append(out, reflect.Zero(f.Type()))
		switch f.Interface().(type) {
		case *ast.Ident:
			out = append(out, reflect.ValueOf(ast.NewIdent("other")))
		case *ast.BasicLit:
			out = append(out, reflect.ValueOf(ast.NewString("other")))
		}
	}
	return out
}

// TestContentOfComments: comments, layout and the name of a file say nothing.
func TestContentOfComments(t *testing.T) {
	content := func(name, text string) []byte {
		file, err := parser.ParseFile(name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		return AppendContent(nil, file)
	}
	if !bytes.Equal(content("a.cue", "package p\na: 1\nb: {c: 2}\n"), content("b.cue", "// P.\npackage p\n\n// A.\na: 1 // one\nb: {\n\tc: 2\n}\n")) {
		t.Error("they are not the same")
	}
}

// TestDemand: what a part may demand of a library makes a difference.
func TestDemand(t *testing.T) {
	parts := []Part{
		{},
		{schema: map[string]bool{"#A": true}},
		{names: map[string]bool{"#A": true}},
		{names: map[string]bool{"a": true, "b": true}},
		{names: map[string]bool{"a b": true}},
		{computed: []affix{{"a", "b"}}},
		{computed: []affix{{"ab", ""}}},
		{computed: []affix{{"a", ""}, {"", "b"}}},
	}
	seen := map[string]int{}
	for i, p := range parts {
		text := string(p.AppendDemand(nil))
		if other, ok := seen[text]; ok {
			t.Errorf("%d and %d are the same: %s", i, other, text)
		}
		seen[text] = i
	}
}
