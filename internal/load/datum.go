package load

import (
	"errors"
	"fmt"
	"io/fs"
	slashpath "path"
	"path/filepath"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/inject/embed"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/datafile"
	"stagecue.dev/internal/diag"
)

// A datum is what one attribute embeds.
type datum struct {
	module    *Module
	embed     *embed.Embed
	attribute *ast.Attribute
	// dir is the directory of the .cue file, and at its path.
	dir fs.FS
	at  string
}

// value is the data of the file that the attribute names, or a struct of the
// files that its pattern matches, by their paths.
func (d *datum) value() (ast.Expr, *diag.Diagnostic) {
	if !d.embed.IsGlob() {
		name, _, _ := d.embed.Attribute.Lookup(0, "file") // CUE has looked at it
		return d.file(name)
	}
	pattern, _, _ := d.embed.Attribute.Lookup(0, "glob")
	names, err := d.embed.FindAll(d.dir)
	if err != nil {
		problem := d.problem(fmt.Sprintf("no file matches the pattern %q", pattern))
		problem.Help = "correct the pattern, or add allowEmptyGlob to the attribute if there may be no file"
		return nil, problem
	}
	out := &ast.StructLit{}
	for _, name := range names {
		if info, err := fs.Stat(d.dir, name); err == nil && info.IsDir() {
			continue
		}
		x, problem := d.file(name)
		if problem != nil {
			return nil, problem
		}
		label := ast.NewString(name)
		label.ValuePos = token.NewFile(d.path(name), 0, 1).Pos(0, token.NoRelPos)
		out.Elts = append(out.Elts, &ast.Field{Label: label, Value: x})
	}
	return out, nil
}

// path is where a file is, by its slash-separated path from the .cue file.
func (d *datum) path(name string) string { return filepath.Join(d.at, filepath.FromSlash(name)) }

// file is the data of one file.
func (d *datum) file(name string) (ast.Expr, *diag.Diagnostic) {
	for dir := slashpath.Dir(name); dir != "."; dir = slashpath.Dir(dir) {
		if _, err := fs.Stat(d.dir, dir+"/cue.mod"); err == nil {
			problem := d.problem(fmt.Sprintf("the file %q belongs to another module: %s has a cue.mod of its own", name, dir))
			problem.Help = "let a package of that module embed it, and import that package"
			return nil, problem
		}
	}
	kind, ok := datafile.KindOf(name, d.embed.Type)
	if !ok {
		problem := d.problem(fmt.Sprintf("%q does not say by its name what it holds", name))
		if d.embed.Type != "" {
			problem.Message = fmt.Sprintf("stagecue reads no files of the type %q", d.embed.Type)
		}
		problem.Help = "say what the file holds: type=" + strings.Join(datafile.Kinds(), ", type=")
		return nil, problem
	}
	data, err := fs.ReadFile(d.dir, name)
	if err != nil {
		return nil, d.unreadable(name, err)
	}
	m := d.module
	m.Positions.Data(d.path(name), kind)
	x, fault := datafile.Decode(kind, d.path(name), data)
	if fault == nil {
		return x, nil
	}
	problem := &diag.Diagnostic{
		Code: diag.CodeDataSyntax, Severity: diag.Error, Span: m.Positions.Span(fault.Pos),
		Message: fmt.Sprintf("the file cannot be read as %s: %s", kind.Title(), fault.Message),
		Help:    kind.Hint(),
	}
	if strings.HasPrefix(fault.Message, "duplicate key") || fault.Other.IsValid() {
		problem.Help = "remove one of the two"
	}
	if fault.Other.IsValid() {
		problem.Related = append(problem.Related, diag.Related{Span: m.Positions.Span(fault.Other), Label: "the key stands here, too"})
	}
	problem.Related = append(problem.Related, diag.Related{Span: m.Positions.Node(d.attribute), Label: "the file is embedded here"})
	return nil, problem
}

// unreadable reports a file that is not there, or cannot be read.
func (d *datum) unreadable(name string, err error) *diag.Diagnostic {
	beside := d.module.snapshot.Dir(filepath.Dir(d.module.mount.real(d.path(name))))
	for _, e := range beside {
		if e.IsDir() && e.Name() == slashpath.Base(name) {
			problem := d.problem(fmt.Sprintf("%q is a directory", name))
			problem.Help = fmt.Sprintf("embed the files in it: @embed(glob=%s/*.json)", name)
			return problem
		}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		problem := d.problem(fmt.Sprintf("cannot read %q", name))
		if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
			err = inner.Err
		}
		problem.Message += ": " + err.Error()
		problem.Help = "see to it that the file can be read"
		return problem
	}
	problem := d.problem(fmt.Sprintf("there is no file %q", name))
	problem.Help = "paths are relative to the directory of the .cue file"
	var names []string
	for _, e := range beside {
		names = append(names, slashpath.Join(slashpath.Dir(name), e.Name()))
	}
	if help := diag.DidYouMean(name, names); help != "" {
		problem.Help = help
	}
	return problem
}

// problem is a finding about the attribute.
func (d *datum) problem(message string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: diag.CodeEmbed, Severity: diag.Error, Span: d.module.Positions.Node(d.attribute), Message: message,
	}
}
