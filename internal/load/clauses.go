package load

import (
	"fmt"
	"path/filepath"

	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/parser"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// clauses reports the files of an imported package without a package clause, which
// CUE passes over in silence. Those of a stack are reported when it is loaded.
func (c *collector) clauses(dir string) diag.List {
	var list diag.List
	for _, name := range c.packageFiles(dir) {
		file := filepath.Join(dir, name)
		data, err := c.reader.File(file)
		if err != nil {
			continue // reported already
		}
		syntax, err := parser.ParseFile(file, data, parser.PackageClauseOnly)
		switch {
		case err != nil:
			e := errors.Errors(err)[0]
			format, args := e.Msg()
			span := source.Span{File: c.shown(file), Line: e.Position().Line(), Column: e.Position().Column()}
			list = append(list, diag.Diagnostic{Code: diag.CodeSyntax, Severity: diag.Error, Span: span, Message: fmt.Sprintf(format, args...)})
		case syntax.PackageName() == "":
			list = append(list, diag.Diagnostic{
				Code: diag.CodeLoad, Severity: diag.Error, Span: source.Span{File: c.shown(file)},
				Message: "the file has no package clause, so CUE would ignore it",
				Help:    "start it with the package of the files beside it",
			})
		}
	}
	return list
}
