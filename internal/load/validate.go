package load

import (
	"cmp"
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// Validate reports what is wrong with a stack before any variant is filled in:
// nothing is to be compiled from it then. Values that wait for the variant are
// incomplete, which is no error.
func (b *Builder) Validate() diag.List {
	m, stack, value := b.stack.module, b.stack, b.Whole()
	if err := value.Validate(cue.Concrete(false)); err != nil {
		return placed(m.Positions.Convert(err, value, diag.CodeEvaluation), stack.Dir)
	}
	// A field that refers to nothing, as schema.Stages for schema.#Stages, is no
	// error yet to CUE: it could still come to be.
	var list diag.List
	fields, err := value.Fields()
	for err == nil && fields.Next() {
		if err := fields.Value().Err(); err != nil && !b.waits(err) {
			list = append(list, placed(m.Positions.Convert(err, value, diag.CodeEvaluation), stack.Dir)...)
		}
	}
	if len(list) > 0 {
		return list
	}
	// A value with errors in it does not tell whether it is closed.
	return b.untyped(value)
}

// waits tells whether an error is about a fact of the variant, which is yet to
// be filled in.
func (b *Builder) waits(err error) bool {
	facts := map[token.Position]bool{}
	for _, file := range b.instance.Files {
		ast.Walk(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			var root ast.Expr = sel
			for inner, ok := root.(*ast.SelectorExpr); ok; inner, ok = root.(*ast.SelectorExpr) {
				root = inner.X
			}
			if ident, ok := root.(*ast.Ident); ok && ident.Name == "variant" {
				facts[sel.Sel.Pos().Position()] = true
			}
			return true
		}, nil)
	}
	for _, e := range errors.Errors(err) {
		if !slices.ContainsFunc(errors.Positions(e), func(pos token.Pos) bool { return facts[pos.Position()] }) {
			return false
		}
	}
	return true
}

// placed gives findings without a position the one that is known: a directory
// or a file.
func placed(list diag.List, file string) diag.List {
	for i := range list {
		if !list[i].Span.IsValid() {
			list[i].Span = source.Span{File: file}
		}
	}
	return list
}

// nobodys is a name to ask by whether a struct takes any.
const nobodys = "no field has this name"

// untyped reports top-level fields that are not unified with the schema: no
// misspelt name in them would ever be found.
func (b *Builder) untyped(root cue.Value) diag.List {
	m := b.stack.module
	closed := func(v cue.Value) bool { return !v.Exists() || !v.Allows(cue.Str(nobodys)) }
	entries := func(v cue.Value) bool {
		fields, err := v.Fields()
		for err == nil && fields.Next() {
			if !closed(fields.Value()) {
				return false
			}
		}
		return true
	}
	typed := []struct {
		field, definition string
		is                func(cue.Value) bool
	}{
		{"axes", "#Axes", closed},
		{"rules", "#Rules", entries},
		{"guarantees", "#Guarantees", entries},
		{"policies", "#Policies", entries},
		{"stages", "#Stages", func(v cue.Value) bool { return v.LookupPath(cue.ParsePath("#packages")).Exists() }},
		{"dockerfile", "#Dockerfile", closed},
	}
	var list diag.List
	for _, t := range typed {
		v := root.LookupPath(cue.ParsePath(t.field))
		// What waits for the variant does not tell whether it is closed.
		if !v.Exists() || t.is(v) || v.Err() != nil && b.selects(t.field, t.definition) {
			continue
		}
		list = append(list, diag.Diagnostic{
			Code: diag.CodeUntypedField, Severity: diag.Error,
			Span:    m.Positions.Label(v, t.field),
			Message: "the field \"" + t.field + "\" is not unified with the schema, so nothing in it would be checked",
			Help:    "write `" + t.field + ": schema." + t.definition + " & {...}`",
		})
	}
	return append(list, m.unknownSettings(root)...)
}

// selects tells by syntax whether a top-level field has a definition of the
// schema in it.
func (b *Builder) selects(field, definition string) bool {
	found := false
	for _, file := range b.instance.Files {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.Field)
			if !ok {
				continue
			}
			if name, _, err := ast.LabelName(f.Label); err != nil || name != field {
				continue
			}
			ast.Walk(f.Value, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok {
					name, _, _ := ast.LabelName(sel.Sel)
					found = found || name == definition
				}
				return true
			}, nil)
		}
	}
	return found
}

// unknownSettings reports definitions in stages that are no settings: CUE does
// not close them.
func (m *Module) unknownSettings(root cue.Value) diag.List {
	known := []string{"#packages", "#step"}
	fields, err := root.LookupPath(cue.ParsePath("stages")).Fields(cue.Definitions(true))
	var list diag.List
	for err == nil && fields.Next() {
		sel := fields.Selector()
		if !sel.IsDefinition() || slices.Contains(known, sel.String()) {
			continue
		}
		list = append(list, diag.Diagnostic{
			Code: diag.CodeUnknownField, Severity: diag.Error,
			Span:    m.Positions.Label(fields.Value(), sel.String()),
			Message: "stages: there is no setting " + sel.String(),
			Help:    cmp.Or(diag.DidYouMean(sel.String(), known[:1]), "a definition of your own belongs beside stages, not into it"),
		})
	}
	return list
}
