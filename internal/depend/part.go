package depend

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
)

// A Part is some fields of a stack with all that they need.
type Part struct {
	// Reads are the facts of the variant that the fields read, sorted; those that
	// its constants read are not among them.
	Reads []Read
	// Monotonic is whether the fields are what they are as soon as they are
	// complete, however little of the variant has been filled in.
	Monotonic bool

	needs map[string]bool
	lets  map[*ast.LetClause]bool
	// schema are the names that are selected from the schema; the empty one
	// stands for all.
	schema map[string]bool
	// names are those of all fields that the part may have, but for computed
	// ones and those of other packages.
	names    map[string]bool
	computed []affix
	// unused are fields of the library that constrain nothing, by the struct
	// that they stand in.
	unused map[*ast.StructLit][]ast.Decl
	// lists are lists of which some elements are part.
	lists map[*ast.ListLit]Range
	// Shape tells parts apart that read other facts or are given other constants.
	Shape string
	// Constants are the fields that the part is given, sorted, and folded which
	// identifiers refer to them.
	Constants []*Constant
	folded    []*ast.Ident
	// Guard is a condition that has to hold, nil if there is none; holds are the
	// clauses that say so.
	Guard *Constant
	holds map[*ast.IfClause]bool
	// edits are what is to be cut, once that has been asked for.
	edits *edits
	// taken is what the part takes of the library, once that has been asked for.
	taken *taken
}

// A Fact is what a read comes to for a variant.
type Fact struct {
	Read
	// Value is the name of the axis's value.
	Value string
	// Literal is the fact as syntax, nil where it is to be referred to.
	Literal ast.Expr
}

// Part is the part of a stack that some of its fields need. It is false where
// syntax does not tell: only the whole stack will do.
func (g *Graph) Part(paths ...[]string) (Part, bool) { return g.part(nil, paths) }

func (g *Graph) part(names map[string]bool, paths [][]string) (Part, bool) {
	c := newClosure(g, names)
	for _, p := range paths {
		c.need(p)
	}
	return c.part()
}

// With is a part and another one. What is read is that of the first.
func (p Part) With(other Part) Part {
	p.needs, p.lets = maps.Clone(p.needs), maps.Clone(p.lets)
	p.schema, p.names = maps.Clone(p.schema), maps.Clone(p.names)
	maps.Copy(p.needs, other.needs)
	maps.Copy(p.lets, other.lets)
	maps.Copy(p.schema, other.schema)
	maps.Copy(p.names, other.names)
	p.computed, p.edits, p.taken = append(slices.Clip(p.computed), other.computed...), &edits{}, &taken{}
	return p
}

// Helpers are the top-level fields that are needed besides stages and
// dockerfile, sorted.
func (p Part) Helpers() []string {
	var out []string
	for need := range p.needs {
		name, _, _ := strings.Cut(need, "\x00")
		if name != "stages" && name != "dockerfile" && name != "variant" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
