package cuediag

import (
	"fmt"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/diag"
)

// suggestField names the field that was meant, of those that the struct has.
func (p *Positions) suggestField(d *diag.Diagnostic, root cue.Value, path []string) {
	if len(path) == 0 {
		return
	}
	name := path[len(path)-1]
	if unquoted, err := strconv.Unquote(name); err == nil {
		name = unquoted
	}
	parent := root.LookupPath(cue.MakePath(selectors(path[:len(path)-1])...))
	known := FieldNames(parent)
	d.Message = "unknown field " + strconv.Quote(name)
	if pattern := namePattern(parent); pattern != "" {
		d.Message = "the name " + strconv.Quote(name) + " is not allowed here"
		d.Help = "names here must be " + pattern
	}
	if where := PathString(path[:len(path)-1]); where != "" {
		d.Message = where + ": " + d.Message
	}
	switch help := diag.DidYouMean(name, known); {
	case d.Help != "":
	case help != "":
		d.Help = help
	case len(known) > 0 && len(known) <= 6:
		d.Help = "the fields are " + strings.Join(known, ", ")
	}
}

// suggestReference says of `variant.os.famly` which part of it does not exist,
// and what was meant.
func (p *Positions) suggestReference(d *diag.Diagnostic, root cue.Value, pos token.Pos) {
	file := p.file(pos)
	if file == "" {
		return
	}
	var parent, name string
	p.walk(file, pos.Offset(), func(n ast.Node) {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || sel.Sel.Pos().Offset() != pos.Offset() {
			return
		}
		text, err := format.Node(sel.X)
		if label, _, labelErr := ast.LabelName(sel.Sel); err == nil && labelErr == nil {
			parent, name = string(text), label
		}
	})
	path := cue.ParsePath(parent)
	if parent == "" || path.Err() != nil {
		return
	}
	d.Message = fmt.Sprintf("%s has no field %q", parent, name)
	known := FieldNames(root.LookupPath(path))
	if parent == "schema" {
		known = definitions()
	}
	d.Help = diag.DidYouMean(name, known)
	if d.Help == "" && len(known) > 0 {
		d.Help = parent + " has " + strings.Join(known, ", ")
	}
}

// definitions are those of the schema that stacks refer to.
func definitions() []string {
	return []string{"#Axes", "#Rules", "#Guarantees", "#Variant", "#Stages", "#Dockerfile", "#Version", "#Mount", "#Project",
		"#Policies", "#NotRoot", "#PinnedByDigest", "#ExecForm"}
}

// FieldNames are the names that a struct may have: its fields, optional ones
// included, and patterns that stand for one name.
func FieldNames(v cue.Value) []string {
	if !v.Exists() {
		return nil
	}
	fields, err := v.Fields(cue.Optional(true), cue.Patterns(true))
	if err != nil {
		return nil
	}
	var names []string
	for fields.Next() {
		sel := fields.Selector()
		if sel.ConstraintType() == cue.PatternConstraint {
			if name, err := sel.Pattern().String(); err == nil {
				names = append(names, name)
			}
			continue
		}
		if fields.Value().Err() == nil || sel.ConstraintType() != 0 {
			names = append(names, sel.Unquoted())
		}
	}
	return names
}

// namePattern is what the names in a struct must match, "" if the schema names
// its fields.
func namePattern(v cue.Value) string {
	if !v.Exists() {
		return ""
	}
	fields, err := v.Fields(cue.Optional(true), cue.Patterns(true))
	if err != nil {
		return ""
	}
	pattern := ""
	for fields.Next() {
		switch sel := fields.Selector(); {
		case sel.ConstraintType() != cue.PatternConstraint:
			if sel.ConstraintType() != 0 {
				return ""
			}
		case pattern != "":
			return ""
		default:
			pattern = oneLine(fmt.Sprint(sel.Pattern()))
		}
	}
	return pattern
}
