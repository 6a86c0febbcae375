package depend

import (
	"maps"
	"strings"

	"cuelang.org/go/cue/ast"
)

// Demands is a part whose constraints are held against data that it does not
// have itself. There, an optional field is a demand. Those of the part are
// known; those of the definitions that it takes of the library are added, but
// for frame, a definition, and what that needs: they say what such data may be.
func (l *Library) Demands(of Part, frame string) Part {
	every := map[string]bool{}
	l.note(every)
	common, _ := l.g.part(every, [][]string{{frame}})
	of.names = maps.Clone(of.names)
	for before := -1; before < len(of.names); {
		before = len(of.names)
		of.taken = &taken{}
		part, _, ok := l.Part(of)
		if !ok {
			return of
		}
		for need := range part.needs {
			definition, _, _ := strings.Cut(need, "\x00")
			if !common.needsAny(definition) {
				l.fields(definition, of.names)
			}
		}
	}
	of.taken = &taken{}
	return of
}

// needsAny tells whether a top-level field, or a part of it, is needed.
func (p Part) needsAny(name string) bool {
	for need := range p.needs {
		if top, _, _ := strings.Cut(need, "\x00"); top == name {
			return true
		}
	}
	return false
}

// fields notes the names of all fields in a definition.
func (l *Library) fields(definition string, names map[string]bool) {
	for _, expr := range l.g.roots[definition] {
		ast.Walk(expr, func(n ast.Node) bool {
			if f, ok := n.(*ast.Field); ok {
				if name := fieldName(f); name != "" {
					names[name] = true
				} else {
					// A pattern may be for anything.
					l.note(names)
				}
			}
			return true
		}, nil)
	}
}

// note notes the names of all fields of the library.
func (l *Library) note(names map[string]bool) {
	for _, name := range l.names {
		names[name] = true
	}
}
