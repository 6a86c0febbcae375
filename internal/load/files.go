package load

import (
	"os"
	"path/filepath"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// complete tells whether CUE has read all files of a package.
func (m *Module) complete(dir string, inst *build.Instance) bool {
	entries, err := os.ReadDir(filepath.Join(m.Root, filepath.FromSlash(dir)))
	n := 0
	for _, entry := range entries {
		if isPackageFile(entry.Name()) {
			n++
		}
	}
	return err == nil && n == len(inst.BuildFiles)
}

// checkFiles looks at the files of a package, as much of them as is parsed. CUE
// would pass over a file without a package clause in silence, say of one that
// cannot be read no more than that there is no package, and not tell one that
// does not parse from other reasons why a package cannot be loaded.
func (m *Module) checkFiles(dir string, options ...parser.Option) diag.List {
	abs := filepath.Join(m.Root, filepath.FromSlash(dir))
	entries, err := os.ReadDir(abs)
	if err != nil {
		return diag.List{*ioError(source.Span{File: dir}, "cannot read the directory", err)}
	}
	var list diag.List
	for _, entry := range entries {
		if !isPackageFile(entry.Name()) {
			continue
		}
		span := source.Span{File: dir + "/" + entry.Name()}
		name := filepath.Join(abs, entry.Name())
		text, err := os.ReadFile(name)
		if err != nil {
			list = append(list, *ioError(span, "cannot read the file", err))
			continue
		}
		file, err := parser.ParseFile(name, text, options...)
		switch {
		case err != nil:
			list = append(list, m.Positions.Convert(err, cue.Value{}, diag.CodeSyntax)...)
		case file.PackageName() == "":
			list = append(list, diag.Diagnostic{
				Code: diag.CodeLoad, Severity: diag.Error, Span: span,
				Message: "the file has no package clause, so CUE would ignore it",
				Help:    "start it with the package of the files beside it",
			})
		}
	}
	return list
}
