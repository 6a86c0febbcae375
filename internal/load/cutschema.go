package load

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/build"

	"stagecue.dev/internal/depend"
	"stagecue.dev/schema"
)

// cutSchema has an instance import no more of the schema than a part selects
// from it, until the function that it returns is called: CUE v0.17.1 evaluates
// all of an imported package once for each instance.
func (b *Builder) cutSchema(instance *build.Instance, part depend.Part) (restore func()) {
	i, library := b.library(instance)
	if i < 0 {
		return func() {}
	}
	whole := instance.Imports[i]
	needed, key, ok := library.Part(part)
	if !ok {
		return func() {}
	}
	instance.Imports = slices.Clone(instance.Imports)
	if cut := b.schemas[key]; cut != nil {
		// It was compiled when it was first imported.
		instance.Imports[i] = cut
		return func() {}
	}
	cut := *whole
	b.schemas[key], instance.Imports[i] = &cut, &cut
	return b.schema.Cut(needed)
}

// library is the schema, and which of the imports of an instance it is: -1 if
// the instance does without.
func (b *Builder) library(instance *build.Instance) (int, *depend.Library) {
	i := slices.IndexFunc(instance.Imports, func(imported *build.Instance) bool {
		path, _, _ := strings.Cut(imported.ImportPath, "@")
		return path == schema.ImportPath || imported.ImportPath == schema.ImportPath
	})
	if i >= 0 && b.schema == nil {
		b.schema = depend.NewLibrary(instance.Imports[i].Files)
	}
	return i, b.schema
}

// Policy is a part that is policies, as they are held against views, with what
// tells whether a field of a view can matter to them, by its name.
func (b *Builder) Policy(part depend.Part) (depend.Part, func(name string) bool) {
	b.load()
	_, library := b.library(b.instance)
	if library == nil {
		return part, part.Mentions
	}
	part = library.Demands(part, "#Policies")
	// What policies have in common says what a view may be, and a view is that.
	_, _, ok := library.Part(part)
	return part, func(name string) bool { return !ok || part.Mentions(name) }
}
