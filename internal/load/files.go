package load

import (
	"path/filepath"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// packageFiles are the paths, in the module, of the files of the snapshot that
// make a directory a package.
func (m *Module) packageFiles(dir string) []string {
	var out []string
	for _, name := range m.snapshot.Files() {
		rel, err := filepath.Rel(m.Root, name)
		rel = filepath.ToSlash(rel)
		if base, ok := strings.CutPrefix(rel, dir+"/"); err == nil && ok && !strings.Contains(base, "/") && isPackageFile(base) {
			out = append(out, rel)
		}
	}
	return out
}

// complete reports whether CUE has taken all files of a directory into a package.
func (m *Module) complete(dir string, inst *build.Instance) bool {
	taken := 0
	for _, f := range inst.BuildFiles {
		if filepath.Dir(f.Filename) == m.mount.path(filepath.Join(m.Root, filepath.FromSlash(dir))) {
			taken++
		}
	}
	return taken == len(m.packageFiles(dir))
}

// checkFiles looks at the files of a package, as much of them as is parsed. CUE
// would pass over a file without a package clause in silence, and not tell one
// that does not parse from other reasons why a package cannot be loaded.
func (m *Module) checkFiles(dir string, options ...parser.Option) diag.List {
	var list diag.List
	for _, name := range m.packageFiles(dir) {
		text, _ := m.Source(name) // it is in the snapshot
		file, err := parser.ParseFile(m.mount.path(filepath.Join(m.Root, filepath.FromSlash(name))), text, options...)
		switch {
		case err != nil:
			list = append(list, m.Positions.Convert(err, cue.Value{}, diag.CodeSyntax)...)
		case file.PackageName() == "":
			list = append(list, diag.Diagnostic{
				Code: diag.CodeLoad, Severity: diag.Error, Span: source.Span{File: name},
				Message: "the file has no package clause, so CUE would ignore it",
				Help:    "start it with the package of the files beside it",
			})
		}
	}
	return list
}
