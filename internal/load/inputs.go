package load

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/snapshot"
	"stagecue.dev/internal/source"
)

// A collector reads all files that CUE may need for a package: those of its
// directory and of the directories above it, of the packages that they import,
// and the data files that they embed. It reads a few that CUE then passes over.
type collector struct {
	reader *snapshot.Reader
	main   tree
	deps   *dependencies
	// packages are those that were read, by the absolute path of the directory.
	packages map[string]*inputs
}

// A tree is the directory tree of a CUE module.
type tree struct {
	// root is the absolute path, path the import path without major version.
	root, path string
}

// inputs is what was found in the directory of a package and those above.
type inputs struct {
	// packages are the absolute paths of directories that may hold an imported
	// package, with the tree that each lies in.
	packages map[string]tree
	problems diag.List
}

// gather reads what CUE may need for the package in a directory of the module,
// and returns what keeps it from being read.
func (c *collector) gather(dir string) diag.List {
	first := filepath.Join(c.main.root, filepath.FromSlash(dir))
	var list diag.List
	seen := map[string]bool{}
	var visit func(dir string, of tree)
	visit = func(dir string, of tree) {
		if seen[dir] {
			return
		}
		seen[dir] = true
		in := c.inputs(dir, of)
		list = append(list, in.problems...)
		if of == c.main && dir != first {
			list = append(list, c.clauses(dir)...)
		}
		for _, imported := range sortedKeys(in.packages) {
			visit(imported, in.packages[imported])
		}
	}
	visit(first, c.main)
	return list
}

// inputs reads the package in a directory, once.
func (c *collector) inputs(dir string, of tree) *inputs {
	if known, ok := c.packages[dir]; ok {
		return known
	}
	in := &inputs{packages: map[string]tree{}}
	c.packages[dir] = in
	for _, name := range c.packageFiles(dir) {
		c.file(in, filepath.Join(dir, name), of)
	}
	// A package has the files of its name in the directories above, too.
	if parent := filepath.Dir(dir); dir != of.root && strings.HasPrefix(dir, of.root) {
		above := c.inputs(parent, of)
		for dir, of := range above.packages {
			in.packages[dir] = of
		}
		in.problems = append(in.problems, above.problems...)
	}
	return in
}

// packageFiles are the names of the files that make a directory a package.
func (c *collector) packageFiles(dir string) []string {
	entries, _ := c.reader.Dir(dir) // a directory that is not there holds no package
	var names []string
	for _, e := range entries {
		if isPackageFile(e.Name()) && !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// file reads a file of a package, and notes what it imports and embeds.
func (c *collector) file(in *inputs, name string, of tree) {
	if shown := c.shown(name); strings.ContainsAny(shown, `:\`) || !utf8.ValidString(shown) {
		in.problems = append(in.problems, diag.Diagnostic{
			Code: diag.CodeLoad, Severity: diag.Error, Span: source.Span{File: shown},
			Message: "CUE reads no file with a colon, a backslash or a character that is not UTF-8 in its path",
			Help:    "rename the file or its directory",
		})
		return
	}
	data, err := c.reader.File(name)
	if err != nil {
		in.problems = append(in.problems, *ioError(source.Span{File: c.shown(name)}, "cannot read the file", err))
		return
	}
	if d := nesting(c.shown(name), data); d != nil {
		in.problems = append(in.problems, *d)
		return
	}
	// What does not parse is reported where it is compiled.
	syntax, err := parser.ParseFile(name, data, parser.ImportsOnly)
	if err != nil {
		return
	}
	for spec := range syntax.ImportSpecs() {
		c.imported(in, spec, of)
	}
	if bytes.Contains(data, []byte("@extern")) {
		in.problems = append(in.problems, c.embedded(name, data, of)...)
	}
}

// shown is a file as findings name it: by its path in the module, or as it is for
// one that lies elsewhere.
func (c *collector) shown(name string) string {
	rel, err := filepath.Rel(c.main.root, name)
	if err != nil || strings.HasPrefix(rel, "..") {
		return filepath.Base(name)
	}
	return filepath.ToSlash(rel)
}

// span is the place of a piece of syntax.
func (c *collector) span(n ast.Node) source.Span {
	from, to := n.Pos().Position(), n.End().Position()
	return source.Span{File: c.shown(from.Filename), Line: from.Line, Column: from.Column, EndLine: to.Line, EndColumn: to.Column}
}
