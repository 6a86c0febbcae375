// Package bake writes what `docker buildx bake` builds images from: a target for
// each target of each Dockerfile, with all that its build is given. It works on
// plain data. What it writes is proven by Check, since bake itself takes much in
// silence that does nothing.
package bake

import (
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/rope"
)

// FileName is that of the files for bake.
const FileName = "docker-bake.json"

// Input is what a file is about.
type Input struct {
	// Stack is the one that the file is for, empty for all of the module.
	Stack string
	// Images are those of the stack, or of all stacks.
	Images []images.Image
	// Cache is where builds keep their cache, nil for nowhere.
	Cache *Cache
}

// A Cache is a repository of a registry that builds take their cache from, and
// leave it in.
type Cache struct {
	Repository string
	// Mode is "min" or "max", or empty for what BuildKit takes.
	Mode string
}

// File is the text of a file. What is wrong within a stack is reported for the
// file of that stack only. With errors in the list there is no text.
func File(in Input) (rope.Rope, diag.List) {
	b := newBuilder(in)
	b.platforms()
	text := b.text()
	if b.reported || b.list.Errors() > 0 {
		return nil, b.list.Sorted()
	}
	if err := Check(text); err != nil {
		return nil, diag.List{{
			Code: diag.CodeInternal, Severity: diag.Error,
			Message: "the file for bake is not what bake should get: " + err.Error(),
			Help:    "nothing was written; please report this",
		}}
	}
	return text, b.list
}
