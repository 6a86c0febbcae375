package load

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	cueload "cuelang.org/go/cue/load"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// instance has CUE load one package of the module, with the data that it embeds.
func (m *Module) instance(pattern string) (*build.Instance, diag.List) {
	root := m.mount.path(m.Root)
	inst := cueload.Instances([]string{pattern}, &cueload.Config{
		Dir:        root,
		ModuleRoot: root,
		Overlay:    m.overlay,
		Registry:   m.registry,
	})[0]
	return inst, m.embed(inst)
}

// topLevel are the fields that a stack may have. A field that is misspelt
// would otherwise be one that nobody reads.
func topLevel() []string {
	return []string{"axes", "rules", "guarantees", "variant", "stages", "dockerfile", "policies"}
}

// ofTarget is where a field of a target is that one might look for at the top.
func ofTarget(name string) string {
	switch name {
	case "tests", "tags", "platforms", "info":
		return "dockerfile.targets.<stage>." + name
	case "promote", "promotion", "promotions":
		return "dockerfile.targets.<stage>.promote"
	}
	return ""
}

// unknownFields reports top-level fields that are not part of the language,
// stages that are there under a condition only, and fields that every stack has.
func (m *Module) unknownFields(files []*ast.File) diag.List {
	var list diag.List
	for _, file := range files {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.Field:
				list = append(list, m.topLevelField(decl)...)
			case *ast.Comprehension:
				list = append(list, diag.Diagnostic{
					Code: diag.CodeConditionalStage, Severity: diag.Error,
					Span:    m.Positions.Node(decl.Clauses[0]),
					Message: "a top-level field cannot depend on a condition",
					Help:    "put the condition inside of the field, around steps for instance",
				})
			}
		}
	}
	if len(list) == 0 {
		// A field that is misspelt is not missing as well.
		list = m.missingFields(files)
	}
	return list
}

// missingFields reports a stack that compiles to nothing.
func (m *Module) missingFields(files []*ast.File) diag.List {
	have := map[string]bool{}
	for _, file := range files {
		for _, decl := range file.Decls {
			if field, ok := decl.(*ast.Field); ok {
				if name, _, err := ast.LabelName(field.Label); err == nil {
					have[name] = true
				}
			}
		}
	}
	var list diag.List
	for _, name := range []string{"stages", "dockerfile"} {
		if have[name] {
			continue
		}
		span := source.Span{}
		for _, decl := range files[0].Decls {
			if pkg, ok := decl.(*ast.Package); ok {
				span = m.Positions.Node(pkg)
			}
		}
		list = append(list, diag.Diagnostic{
			Code: diag.CodeMissingField, Severity: diag.Error, Span: span,
			Message: "the stack has no field \"" + name + "\", so it compiles to nothing",
			Help:    "every package below " + stacksDir + "/ is a stack; what stacks share belongs elsewhere",
		})
	}
	return list
}

func (m *Module) topLevelField(field *ast.Field) diag.List {
	name, isIdent, err := ast.LabelName(field.Label)
	if err != nil || isIdent && (name[0] == '_' || name[0] == '#') {
		return nil
	}
	for _, known := range topLevel() {
		if name != known {
			continue
		}
		switch name {
		case "stages":
			return m.conditional(field.Value, diag.Diagnostic{
				Code:    diag.CodeConditionalStage,
				Message: "a stage cannot depend on a condition: only what targets reach is built anyway",
				Help:    "write the stage without the condition and put conditions around its steps",
			})
		case "policies":
			return m.conditional(field.Value, diag.Diagnostic{
				Code:    diag.CodePolicyForm,
				Message: "a policy cannot stand in an `if` or `for`",
				Help:    "write the policy without the condition, and put the condition into its `target`, `stage` or `step`",
			})
		}
		return nil
	}
	d := diag.Diagnostic{
		Code: diag.CodeUnknownField, Severity: diag.Error,
		Span:    m.Positions.Node(field.Label),
		Message: "a stack has no field \"" + name + "\"",
		Help:    diag.DidYouMean(name, topLevel()),
	}
	if field := ofTarget(name); field != "" {
		d.Help = "it belongs to a target: " + field
	}
	if d.Help == "" {
		d.Help = "helpers are hidden fields (_" + name + ") or definitions (#" + name + ")"
	}
	return diag.List{d}
}

// conditional reports `if` and `for` directly in a field: partly filled variants
// would silently lack what stands there.
func (m *Module) conditional(value ast.Expr, finding diag.Diagnostic) diag.List {
	switch value := value.(type) {
	case *ast.BinaryExpr:
		return append(m.conditional(value.X, finding), m.conditional(value.Y, finding)...)
	case *ast.StructLit:
		var list diag.List
		for _, elt := range value.Elts {
			if c, ok := elt.(*ast.Comprehension); ok {
				d := finding
				d.Severity, d.Span = diag.Error, m.Positions.Node(c.Clauses[0])
				list = append(list, d)
			}
		}
		return list
	}
	return nil
}
