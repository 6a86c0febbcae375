package load

import (
	"path/filepath"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
)

// imported notes the directories that may hold an imported package.
func (c *collector) imported(in *inputs, spec *ast.ImportSpec, of tree) {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return
	}
	path = ast.ParseImportPath(path).Path
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return // a package of CUE's own
	}
	add := func(t tree) {
		if rest, ok := below(path, t.path); ok {
			in.packages[filepath.Join(t.root, filepath.FromSlash(rest))] = t
		}
	}
	add(of)
	add(c.main)
	for _, local := range []string{"gen", "usr", "pkg"} {
		dir := filepath.Join(c.main.root, "cue.mod", local)
		if at := filepath.Join(dir, filepath.FromSlash(path)); len(c.packageFiles(at)) > 0 {
			in.packages[at] = tree{root: dir}
		}
	}
	found, missing := c.deps.trees(path)
	for _, t := range found {
		add(t)
	}
	for _, d := range missing {
		d.Span = c.span(spec.Path)
		in.problems = append(in.problems, d)
	}
}

// below is what is left of a slash-separated path below another one.
func below(path, of string) (rest string, ok bool) {
	if path == of {
		return "", true
	}
	rest, ok = strings.CutPrefix(path, of+"/")
	return rest, ok && of != ""
}
