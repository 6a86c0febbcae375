package depend

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// A Library knows the fields of a package of definitions: the schema.
type Library struct{ g *Graph }

// NewLibrary reads the files of a package that refers to no other one.
func NewLibrary(files []*ast.File) *Library {
	g := New(files, "")
	g.library = true
	return &Library{g}
}

// Part is what a part of a stack takes of the library: the definitions that it
// names, with what those need. Of an optional field, and of a pattern that is
// one name, nothing is left unless the name is met somewhere: what it demands
// is demanded of nothing. The key is the same for parts that take the same. It
// is false where all of the library is needed.
func (l *Library) Part(of Part) (part Part, key string, ok bool) {
	if of.taken.key == "" {
		of.taken.part, of.taken.key, of.taken.ok = l.part(of)
	}
	return of.taken.part, of.taken.key, of.taken.ok
}

// taken is what a part of a stack takes of a library.
type taken struct {
	part Part
	key  string
	ok   bool
}

func (l *Library) part(of Part) (part Part, key string, ok bool) {
	if of.schema[""] {
		return Part{}, "all", false
	}
	definitions := slices.Sorted(maps.Keys(of.schema))
	paths := make([][]string, len(definitions))
	for i, name := range definitions {
		paths[i] = []string{name}
	}
	names := of.names
	if len(of.computed) > 0 {
		names = maps.Clone(names)
		for _, name := range l.names() {
			if of.Mentions(name) {
				names[name] = true
			}
		}
	}
	part, ok = l.g.part(names, paths)
	var left []string
	for _, decls := range part.unused {
		for _, d := range decls {
			left = append(left, d.Pos().String())
		}
	}
	slices.Sort(left)
	return part, strings.Join(definitions, " ") + "\n" + strings.Join(left, "\n"), ok
}

// names are those of all fields of the library.
func (l *Library) names() []string {
	var names []string
	for _, file := range l.g.files {
		ast.Walk(file, func(n ast.Node) bool {
			if f, ok := n.(*ast.Field); ok {
				names = append(names, fieldName(f))
			}
			return true
		}, nil)
	}
	return names
}

// Cut is that of a graph.
func (l *Library) Cut(part Part) (restore func()) { return l.g.Cut(part) }

// option is a field that matters only if there is one of its name.
type option struct {
	in       *ast.StructLit
	field    *ast.Field
	name     string
	followed bool
}

// optional walks a struct without what is optional in it. It is false for an
// open one, which is to be walked as any other: there, a field that nothing is
// demanded of would be let through.
func (c *closure) optional(s *ast.StructLit) bool {
	for _, elt := range s.Elts {
		if _, open := elt.(*ast.Ellipsis); open {
			return false
		}
	}
	for _, elt := range s.Elts {
		f, ok := elt.(*ast.Field)
		if name := ""; ok {
			if name = optionName(f); name != "" {
				c.options = append(c.options, option{in: s, field: f, name: name})
				continue
			}
		}
		c.walk(elt)
	}
	return true
}

// optionName is the name of a field that is optional, or a pattern for one name.
func optionName(f *ast.Field) string {
	_, plain := label(f)
	if plain && f.Constraint == token.OPTION || isPattern(f) {
		return fieldName(f)
	}
	return ""
}

// fieldName is the name of a field, or the one that a pattern is for.
func fieldName(f *ast.Field) string {
	if name, ok := label(f); ok {
		return name
	}
	if list, ok := pattern(f); ok && len(list.Elts) == 1 {
		name, _ := stringLiteral(list.Elts[0].(ast.Expr))
		return name
	}
	return ""
}

// follow walks the optional fields whose names have been met, and tells whether
// there was one.
func (c *closure) follow() bool {
	found := false
	for i := range c.options {
		o := &c.options[i]
		if !o.followed && c.names[o.name] {
			o.followed, found = true, true
			if _, ok := label(o.field); !ok {
				c.walk(o.field.Label)
			}
			c.walk(o.field.Value)
		}
	}
	return found
}

// unused are the optional fields that were never followed.
func (c *closure) unused() map[*ast.StructLit][]ast.Decl {
	out := map[*ast.StructLit][]ast.Decl{}
	for _, o := range c.options {
		if !o.followed {
			out[o.in] = append(out[o.in], o.field)
		}
	}
	return out
}
