package cuediag

import (
	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
)

// Missing finds the required fields that are absent in a value and all that is
// in it. CUE itself says nothing of them while anything else is wrong.
func (p *Positions) Missing(root cue.Value, path cue.Path) diag.List {
	return p.missing(root, root.LookupPath(path), path.Selectors())
}

func (p *Positions) missing(root, v cue.Value, path []cue.Selector) diag.List {
	var list diag.List
	if items, err := v.List(); err == nil {
		for i := 0; items.Next(); i++ {
			list = append(list, p.missing(root, items.Value(), extend(path, cue.Index(i)))...)
		}
		return list
	}
	// A struct or list with an error in it is of no kind, but has its fields.
	if v.IncompleteKind()&^cue.StructKind != 0 {
		return nil
	}
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		return nil
	}
	for fields.Next() {
		sel := fields.Selector()
		switch sel.ConstraintType() {
		case cue.OptionalConstraint:
		case cue.RequiredConstraint:
			list = append(list, diag.Diagnostic{
				Code: diag.CodeMissingField, Severity: diag.Error,
				Span:    p.At(root, extend(path, sel)),
				Message: cue.MakePath(extend(path, cue.Str(sel.Unquoted()))...).String() + ": this field is required",
			})
		default:
			list = append(list, p.missing(root, fields.Value(), extend(path, sel))...)
		}
	}
	return list
}

// extend appends to a copy: the same path is extended by every field.
func extend(path []cue.Selector, sel cue.Selector) []cue.Selector {
	return append(append([]cue.Selector(nil), path...), sel)
}
