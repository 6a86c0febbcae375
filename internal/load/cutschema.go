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
	i := slices.IndexFunc(instance.Imports, func(imported *build.Instance) bool {
		path, _, _ := strings.Cut(imported.ImportPath, "@")
		return path == schema.ImportPath || imported.ImportPath == schema.ImportPath
	})
	if i < 0 {
		return func() {}
	}
	whole := instance.Imports[i]
	if b.schema == nil {
		b.schema = depend.NewLibrary(whole.Files)
	}
	needed, key, ok := b.schema.Part(part)
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
