package load

import (
	"crypto/sha256"
	"strconv"

	"cuelang.org/go/cue/build"

	"stagecue.dev/internal/depend"
)

// Content identifies what Part builds, or Constant for a constant that is not
// nil.
func (b *Builder) Content(part depend.Part, c *depend.Constant, facts []depend.Fact, given ...depend.Given) depend.Content {
	b.load()
	out := append(b.scratch[:0], b.imported()...)
	p := b.piece(part, c, facts, given)
	defer b.graph.Cut(p.part)()
	out = depend.AppendContent(out, p.prelude)
	for _, file := range b.instance.Files {
		out = depend.AppendContent(out, file)
	}
	b.scratch = p.part.AppendDemand(out)
	return sha256.Sum256(b.scratch)
}

// WholeContent identifies what Whole builds.
func (b *Builder) WholeContent() depend.Content {
	if b.content != nil {
		return *b.content
	}
	b.load()
	out := append(append(b.scratch[:0], "whole "...), b.imported()...)
	for _, file := range b.instance.Files {
		out = depend.AppendContent(out, file)
	}
	b.scratch = out
	content := sha256.Sum256(out)
	b.content = &content
	return content
}

// imported identifies all packages that the stack imports. They are those that
// this builder has read, which may have changed since another one did.
func (b *Builder) imported() []byte {
	if b.imports == nil {
		seen := map[*build.Instance]int{}
		sum := sha256.Sum256(appendImports(nil, b.instance, seen))
		b.imports = sum[:]
	}
	return b.imports
}

// appendImports appends the content of the packages that a package imports, and
// that they import in turn, each once.
func appendImports(out []byte, instance *build.Instance, seen map[*build.Instance]int) []byte {
	for _, imported := range instance.Imports {
		out = append(strconv.AppendQuote(out, imported.ImportPath), imported.PkgName...)
		if n, ok := seen[imported]; ok {
			out = strconv.AppendInt(append(out, '#'), int64(n), 10)
			continue
		}
		seen[imported] = len(seen)
		for _, file := range imported.Files {
			out = depend.AppendContent(out, file)
		}
		out = append(appendImports(append(out, '{'), imported, seen), '}')
	}
	return out
}
