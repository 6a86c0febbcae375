package load

import (
	"fmt"
	"io/fs"
	slashpath "path"
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/inject/embed"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/datafile"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// embed puts what the files of a package and of its imports embed in the place of
// the attributes that name it. CUE would do so where it builds the package, once
// for each part of it, and with positions that lack the directory; as syntax,
// data costs no more than the same data written in CUE, and depend sees it.
func (m *Module) embed(inst *build.Instance) diag.List {
	var list diag.List
	seen := map[*build.Instance]bool{}
	var visit func(*build.Instance)
	visit = func(inst *build.Instance) {
		if seen[inst] {
			return
		}
		seen[inst] = true
		replaced := map[ast.Node]ast.Node{}
		for _, file := range inst.Files {
			list = append(list, m.embedInto(file, replaced)...)
		}
		repoint(inst.Files, replaced)
		for _, imported := range inst.Imports {
			visit(imported)
		}
	}
	visit(inst)
	return list
}

// embedInto resolves the attributes of one file, and notes which value took the
// place of which.
func (m *Module) embedInto(file *ast.File, replaced map[ast.Node]ast.Node) diag.List {
	attributes := attributesOf(file)
	if len(attributes) == 0 {
		return nil
	}
	if list := m.unenabled(file, attributes); len(list) > 0 {
		return list
	}
	embeds, err := embed.EmbeddedPaths(slashpath.Base(filepath.ToSlash(file.Filename)), file)
	var list diag.List
	for _, e := range cueerrors.Errors(err) {
		list = append(list, m.badAttribute(e, attributes))
	}
	loc := file.Pos().File().FSLoc()
	dir, sub := fs.Sub(loc.FS, slashpath.Dir(loc.Path))
	if sub != nil {
		return append(list, *ioError(source.Span{}, "cannot look for embedded files", sub))
	}
	for _, e := range embeds {
		d := &datum{module: m, embed: e, attribute: attributes[e.Attribute.Pos], dir: dir, at: filepath.Dir(file.Filename)}
		value, problem := d.value()
		if problem != nil {
			list = append(list, *problem)
			continue
		}
		inject(e.Node, value, replaced)
	}
	if len(list) == 0 {
		remove(file)
	}
	return list
}

// repoint has the identifiers of a package refer to the values that took the place
// of others. CUE's loader has resolved them, across files too, and depend goes by
// that: it would cut a field from a part that nothing in it seems to refer to.
func repoint(files []*ast.File, replaced map[ast.Node]ast.Node) {
	if len(replaced) == 0 {
		return
	}
	for _, file := range files {
		ast.Walk(file, func(n ast.Node) bool {
			if ident, ok := n.(*ast.Ident); ok {
				for now, ok := replaced[ident.Node]; ok; now, ok = replaced[ident.Node] {
					ident.Node = now
				}
			}
			return true
		}, nil)
	}
}

// attributesOf lists the attributes @embed and @extern of a file, by place.
func attributesOf(file *ast.File) map[token.Pos]*ast.Attribute {
	found := map[token.Pos]*ast.Attribute{}
	ast.Walk(file, func(n ast.Node) bool {
		if a, ok := n.(*ast.Attribute); ok && isEmbed(a) {
			found[a.Pos()] = a
		}
		return true
	}, nil)
	return found
}

func isEmbed(a *ast.Attribute) bool {
	key, body := a.Split()
	return key == "embed" || key == "extern" && strings.TrimSpace(body) == "embed"
}

// unenabled reports attributes that CUE passes over in silence, as the file does
// not start with @extern(embed).
func (m *Module) unenabled(file *ast.File, attributes map[token.Pos]*ast.Attribute) diag.List {
	var list diag.List
	for _, a := range attributes {
		if name, _ := a.Split(); name == "extern" {
			return nil
		}
		list = append(list, diag.Diagnostic{
			Code: diag.CodeEmbed, Severity: diag.Error, Span: m.Positions.Node(a),
			Message: "CUE passes over @embed here, as the file does not start with @extern(embed)",
			Help:    "write @extern(embed) above the line `package " + file.PackageName() + "`",
		})
	}
	return list
}

// badAttribute explains an attribute that CUE does not take.
func (m *Module) badAttribute(e cueerrors.Error, attributes map[token.Pos]*ast.Attribute) diag.Diagnostic {
	format, args := e.Msg()
	message := fmt.Sprintf(format, args...)
	d := diag.Diagnostic{Code: diag.CodeEmbed, Severity: diag.Error, Message: "@embed: " + message}
	for _, pos := range cueerrors.Positions(e) {
		if a := attributes[pos]; a != nil {
			d.Span = m.Positions.Node(a)
			break
		}
	}
	switch {
	case strings.Contains(message, "parent directory"), strings.Contains(message, "only relative files"):
		d.Help = "only files beside the .cue file and below can be embedded: let a package where the file is embed it, and import that package"
	case strings.Contains(message, "must have file or glob"):
		d.Help = "write @embed(file=versions.json) or @embed(glob=data/*.json)"
	case strings.Contains(message, "both file and glob"):
		d.Help = "embed the file by an attribute of its own: several attributes of a field are unified"
	case strings.Contains(message, "type argument required"):
		d.Help = "say what the files hold: type=" + strings.Join(datafile.Kinds(), ", type=")
	case strings.Contains(message, "before package clause"):
		d.Message, d.Help = "@extern(embed) must stand above the package clause", "move it to the top of the file"
	}
	return d
}

// inject unifies a value with the field or struct that an attribute stands in, and
// notes which value took the place of which.
func inject(node ast.Node, value ast.Expr, replaced map[ast.Node]ast.Node) {
	switch n := node.(type) {
	case *ast.Field:
		if alias, ok := n.Value.(*ast.Alias); ok {
			alias.Expr = unified(alias.Expr, value)
			return
		}
		before := n.Value
		n.Value = unified(n.Value, value)
		replaced[before] = n.Value
	case *ast.StructLit:
		n.Elts = append(n.Elts, &ast.EmbedDecl{Expr: value})
	case *ast.File:
		n.Decls = append(n.Decls, &ast.EmbedDecl{Expr: value})
	}
}

func unified(x, value ast.Expr) ast.Expr {
	if ident, ok := x.(*ast.Ident); ok && ident.Name == "_" {
		return value
	}
	if _, ok := x.(*ast.BinaryExpr); ok {
		x = &ast.ParenExpr{X: x}
	}
	return &ast.BinaryExpr{X: x, Op: token.AND, Y: value}
}

// remove takes the attributes out of a file: what they ask for is there.
func remove(file *ast.File) {
	isAttribute := func(d ast.Decl) bool { a, ok := d.(*ast.Attribute); return ok && isEmbed(a) }
	ast.Walk(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.File:
			n.Decls = slices.DeleteFunc(n.Decls, isAttribute)
		case *ast.StructLit:
			n.Elts = slices.DeleteFunc(n.Elts, isAttribute)
		case *ast.Field:
			n.Attrs = slices.DeleteFunc(n.Attrs, isEmbed)
		}
		return true
	}, nil)
}
