package depend

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// A Library knows the fields of a package of definitions: the schema.
type Library struct {
	g *Graph
	// names are those of all fields of the library, and taken are the parts that
	// have been asked for, by what they are asked for.
	names []string
	taken map[string]*taken
	// numbers are those of all declarations.
	numbers map[ast.Decl]int
}

// NewLibrary reads the files of a package that refers to no other one.
func NewLibrary(files []*ast.File) *Library {
	g := New(files, "")
	g.library = true
	l := &Library{g: g, taken: map[string]*taken{}, numbers: map[ast.Decl]int{}}
	for _, file := range files {
		ast.Walk(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				l.names = append(l.names, fieldName(n))
				l.numbers[n] = len(l.numbers)
			case *ast.LetClause:
				l.numbers[n] = len(l.numbers)
			}
			return true
		}, nil)
	}
	slices.Sort(l.names)
	l.names = slices.Compact(l.names)
	return l
}

// Part is what a part of a stack takes of the library: the definitions that it
// names, with what those need. Of an optional field, and of a pattern that is
// one name, nothing is left unless the name is met somewhere: what it demands
// is demanded of nothing. The key is the same for parts that take the same. It
// is false where all of the library is needed.
func (l *Library) Part(of Part) (part Part, key string, ok bool) {
	if of.taken.key == "" {
		*of.taken = *l.part(of)
	}
	return of.taken.part, of.taken.key, of.taken.ok
}

// taken is what a part of a stack takes of a library.
type taken struct {
	part Part
	key  string
	ok   bool
}

func (l *Library) part(of Part) *taken {
	if of.schema[""] {
		return &taken{key: "all"}
	}
	definitions := slices.Sorted(maps.Keys(of.schema))
	asked := newSet(len(l.names))
	for i, name := range l.names {
		// Where no definition is named, nothing is asked for.
		if len(definitions) > 0 && of.Mentions(name) {
			asked.add(i)
		}
	}
	key := strings.Join(definitions, " ") + "\n"
	t, ok := l.taken[key+string(asked)]
	if !ok {
		t = l.take(definitions, asked)
		// Names that make no difference are no part of the key of what comes out.
		left := newSet(len(l.numbers))
		for _, decls := range t.part.unused {
			for _, d := range decls {
				left.add(l.numbers[d])
			}
		}
		t.key = key + string(left)
		l.taken[key+string(asked)] = t
	}
	return t
}

// take takes some definitions, with what has one of the names that are asked for.
func (l *Library) take(definitions []string, asked set) *taken {
	names := make(map[string]bool, len(l.names))
	for i, name := range l.names {
		if asked.has(i) {
			names[name] = true
		}
	}
	paths := make([][]string, len(definitions))
	for i, name := range definitions {
		paths[i] = []string{name}
	}
	t := &taken{}
	t.part, t.ok = l.g.part(names, paths)
	return t
}

// set is a set of small numbers.
type set []byte

func newSet(n int) set { return make(set, (n+7)/8) }

func (s set) add(n int) { s[n/8] |= 1 << (n % 8) }

func (s set) has(n int) bool { return s[n/8]&(1<<(n%8)) != 0 }

// Cut is that of a graph.
func (l *Library) Cut(part Part) (restore func()) { return l.g.Cut(part) }

// option is a declaration that matters only if something has its name.
type option struct {
	in       *ast.StructLit
	decl     ast.Decl
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
		if name, ok := optionName(elt); ok {
			c.options = append(c.options, option{in: s, decl: elt, name: name})
		} else {
			c.walk(elt)
		}
	}
	return true
}

// optionName is the name of a field that is optional, a definition, or a pattern
// for one name. A let clause goes by no name.
func optionName(elt ast.Decl) (string, bool) {
	switch d := elt.(type) {
	case *ast.LetClause:
		return "", true
	case *ast.Field:
		name, plain := label(d)
		if plain && (d.Constraint == token.OPTION || strings.HasPrefix(name, "#")) {
			return name, true
		}
		if isPattern(d) {
			name = fieldName(d)
			return name, name != ""
		}
	}
	return "", false
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
// there was one. A let clause is followed where it is referred to.
func (c *closure) follow() bool {
	found := false
	for i := range c.options {
		o := &c.options[i]
		f, ok := o.decl.(*ast.Field)
		if !ok || o.followed || !c.names[o.name] {
			continue
		}
		o.followed, found = true, true
		if _, ok := label(f); !ok {
			c.walk(f.Label)
		}
		c.walk(f.Value)
	}
	return found
}

// unused are the optional declarations that were never followed.
func (c *closure) unused() map[*ast.StructLit][]ast.Decl {
	out := map[*ast.StructLit][]ast.Decl{}
	for _, o := range c.options {
		if let, ok := o.decl.(*ast.LetClause); ok && c.lets[let] || o.followed {
			continue
		}
		out[o.in] = append(out[o.in], o.decl)
	}
	return out
}
