package cli

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/bake"
	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/index"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/support"
)

// maxListed is how many files a finding lists.
const maxListed = 10

// unknownFile explains that nothing compiles to a path below generated/.
func unknownFile(path string, there compile.Generated, relative func(string) string) diag.Diagnostic {
	shown := func(path string) string { return relative(generatedDir + "/" + path) }
	d := diag.Diagnostic{
		Code: diag.CodeUnknownFile, Severity: diag.Error, Span: source.Span{File: generatedDir + "/" + path},
		Message: "no variant of its stack compiles to this file",
	}
	if beside, ok := strings.CutSuffix(path, ".dockerignore"); ok && slices.Contains(there.Paths, beside) {
		d.Message = "blame takes a Dockerfile, and this is the ignore file beside one"
		d.Help = fmt.Sprintf("what is copied is in %s: name that", shown(beside))
		return d
	}
	switch path[strings.LastIndexByte(path, '/')+1:] {
	case support.PageName, index.Name, bake.FileName, bake.PromotionsName:
		d.Message = "blame takes a Dockerfile, and this file is about many"
		d.Help = "it is made of what `stagecue matrix` and the Dockerfiles show"
		return d
	}
	if len(there.Paths) == 0 {
		d.Message = "this is in the folder of no stack"
		d.Help = "the stacks are " + strings.Join(there.Stacks, ", ")
		first, _, _ := strings.Cut(path, "/")
		if near := diag.Nearest(first, there.Stacks); near != "" {
			d.Help = fmt.Sprintf("did you mean %s/?", shown(near))
		}
		return d
	}
	files := slices.DeleteFunc(slices.Clone(there.Paths), func(file string) bool {
		return !strings.HasPrefix(file, path+"/")
	})
	if len(files) > 0 {
		d.Message = "this is a directory, and blame takes one Dockerfile"
	} else if near := diag.Nearest(path, there.Paths); near != "" {
		d.Help = fmt.Sprintf("did you mean %s?", shown(near))
		return d
	} else {
		files = there.Paths
	}
	if len(files) == 1 {
		d.Help = "name " + shown(files[0])
		return d
	}
	d.Help = "name one of these files"
	for n, file := range files {
		if n == maxListed {
			d.Notes = append(d.Notes, fmt.Sprintf("and %d more", len(files)-n))
			break
		}
		d.Notes = append(d.Notes, shown(file))
	}
	return d
}
