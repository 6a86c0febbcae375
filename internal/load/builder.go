package load

import (
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"

	"stagecue.dev/internal/depend"
	"stagecue.dev/schema"
)

// A Builder builds one stack, or parts of it, in contexts of its own. It is for
// one goroutine, and so is all that comes of it.
//
// CUE's values are said to be safe for concurrent use, and mostly are; but
// values that wait for the variant are evaluated further by whoever fills it
// in, and share parts while they are: the race detector sees it.
type Builder struct {
	stack    *Stack
	instance *build.Instance
	graph    *depend.Graph
	// schema is what is known of the schema's own fields.
	schema *depend.Library
	whole  *cue.Value
	// axes is the part that the matrix is read from, once it has been built.
	axes *cue.Value
	// parts is the context of parts, and built how many it has seen: a context
	// keeps all that was ever built in it.
	parts *cue.Context
	built int
	// schemas are the parts of the schema that the context has seen.
	schemas map[string]*build.Instance
	// values are the parts of the values of axes.
	values map[[2]string]depend.Part
}

// partsPerContext bounds what a context keeps.
const partsPerContext = 32

// Builder makes a builder for another goroutine.
func (s *Stack) Builder() *Builder { return &Builder{stack: s} }

// Whole is the whole package, with the variant not filled in.
func (b *Builder) Whole() cue.Value {
	if b.whole == nil {
		b.load()
		v := cuecontext.New().BuildInstance(b.instance)
		b.whole = &v
	}
	return *b.whole
}

// load reads the package, unless it was read for this builder.
func (b *Builder) load() {
	if b.instance == nil {
		read := b.stack.read.Swap(nil)
		if read == nil {
			read, _ = b.stack.instance() // what is wrong was reported when it was read first
		}
		b.adopt(read)
	}
}

// adopt takes over a package: each builder changes the syntax for a moment.
func (b *Builder) adopt(read *build.Instance) {
	b.instance, b.graph = read, depend.New(read.Files, schema.ImportPath)
}

// Graph tells what the fields of the package depend on.
func (b *Builder) Graph() *depend.Graph {
	b.load()
	return b.graph
}

// Constant evaluates what a part may be given for a field.
func (b *Builder) Constant(c *depend.Constant, facts []depend.Fact, given []depend.Given) cue.Value {
	return b.build(b.piece(c.Part, c, facts, given)).LookupPath(cue.MakePath(cue.Str(constantField)))
}

// Part builds a part of the package alone, with some facts of a variant filled
// in, and the constants that it refers to.
func (b *Builder) Part(part depend.Part, facts []depend.Fact, given ...depend.Given) cue.Value {
	return b.build(b.piece(part, nil, facts, given))
}

// piece is what is built at once: a part, and a file that has what is filled in.
type piece struct {
	part    depend.Part
	prelude *ast.File
}

// constantField is the field that has what a constant is. None of a stack has
// this name.
const constantField = "constant"

func (b *Builder) piece(part depend.Part, c *depend.Constant, facts []depend.Fact, given []depend.Given) piece {
	b.load()
	for _, f := range facts {
		if f.Literal == nil {
			part = part.With(b.value(f.Axis, f.Value))
		}
	}
	var more []ast.Decl
	if c != nil {
		more = append(more, &ast.Field{Label: ast.NewIdent(constantField), Value: c.Expr})
	}
	return piece{part, prelude(b.instance.PkgName, part, facts, given, more)}
}

func (b *Builder) build(p piece) cue.Value {
	if b.parts == nil || b.built == partsPerContext {
		b.parts, b.built, b.schemas = cuecontext.New(), 0, map[string]*build.Instance{}
	}
	b.built++
	defer b.graph.Cut(p.part)()
	// A context knows what it has built by its address.
	instance := *b.instance
	defer b.cutSchema(&instance, p.part)()
	instance.Files = slices.Insert(slices.Clone(instance.Files), 0, p.prelude)
	return b.parts.BuildInstance(&instance)
}

// value is the part that a value of an axis is.
func (b *Builder) value(axis, name string) depend.Part {
	part, ok := b.values[[2]string{axis, name}]
	if !ok {
		// An axis that syntax cannot tell makes the stack one for Whole.
		part, _ = b.graph.Part([]string{"axes", axis, name})
		if b.values == nil {
			b.values = map[[2]string]depend.Part{}
		}
		b.values[[2]string{axis, name}] = part
	}
	return part
}
