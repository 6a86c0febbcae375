// Package evaluate fills a variant into a stack and decodes what comes out: the
// plan of the Dockerfile and the stages, as plain data.
package evaluate

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/source"
)

// An Evaluator evaluates one stack. It is for one goroutine, and so is all that
// comes of it.
type Evaluator struct {
	root      cue.Value
	empty     cue.Value
	positions *cuediag.Positions
	stages    []string
}

// New reads the names of the stages; nothing else is evaluated before a
// variant is filled in.
func New(root cue.Value, positions *cuediag.Positions) (*Evaluator, diag.List) {
	e := &Evaluator{root: root, positions: positions, empty: root.Context().BuildExpr(&ast.StructLit{})}
	fields, err := root.LookupPath(cue.ParsePath("stages")).Fields()
	if err != nil {
		return nil, positions.Convert(err, root, diag.CodeEvaluation)
	}
	for fields.Next() {
		e.stages = append(e.stages, fields.Selector().Unquoted())
	}
	slices.Sort(e.stages)
	return e, nil
}

// Stages are the names of all stages of the stack, in order.
func (e *Evaluator) Stages() []string { return e.stages }

// StageSpan is where a stage's name stands.
func (e *Evaluator) StageSpan(name string) source.Span {
	return e.positions.Label(e.root.LookupPath(cue.MakePath(cue.Str("stages"), cue.Str(name))), name)
}

// Filled is a stack with one variant filled in.
type Filled struct {
	*Evaluator
	variant matrix.Variant
	root    cue.Value
}

// Fill fills in a variant.
func (e *Evaluator) Fill(v matrix.Variant) *Filled {
	hole := e.empty
	for _, chosen := range v.Values {
		axis := cue.Str(chosen.Axis)
		// Looked up here and not taken from the matrix, whose values may be of
		// another context.
		value := e.root.LookupPath(cue.MakePath(cue.Str("axes"), axis, cue.Str(chosen.Value)))
		hole = hole.FillPath(cue.MakePath(axis), value)
	}
	// One fill of the whole hole: each one evaluates the stack anew.
	return &Filled{Evaluator: e, variant: v, root: e.root.FillPath(cue.ParsePath("variant"), hole)}
}

// Locate is the place in the user's files that something was made of: the
// field of it that is named, or what is nearest around it.
func (f *Filled) Locate(o dockerfile.Origin, field string) source.Span {
	path := "dockerfile"
	if o.Stage != "" {
		path = cue.MakePath(cue.Str("stages"), cue.Str(o.Stage)).String()
	}
	for _, more := range []string{o.Path, field} {
		if more != "" {
			path += "." + more
		}
	}
	selectors := cue.ParsePath(path).Selectors()
	if o.Stage == "" && len(selectors) == 3 {
		// An entry of args, targets or contexts: its name is meant.
		if v := f.root.LookupPath(cue.MakePath(selectors...)); v.Exists() {
			return f.positions.Label(v, selectors[2].Unquoted())
		}
	}
	return f.positions.At(f.root, selectors)
}

// Missing finds the required fields that stages and plan lack.
func (f *Filled) Missing() diag.List {
	return append(f.positions.Missing(f.root, cue.ParsePath("stages")), f.positions.Missing(f.root, cue.ParsePath("dockerfile"))...)
}

// errors explains errors of CUE's that came up in this variant.
func (f *Filled) errors(err error) diag.List {
	list := f.positions.Convert(err, f.root, diag.CodeEvaluation)
	for i := range list {
		if len(f.variant.Values) > 0 {
			list[i].Notes = append(list[i].Notes, "in the variant "+f.variant.String())
		}
	}
	return list
}

// problem is an error at a place of a stage.
func (f *Filled) problem(code diag.Code, o dockerfile.Origin, field, message, help string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: code, Severity: diag.Error, Span: f.Locate(o, field), Message: message, Help: help,
	}
}

// quoted is a list of names for a message: `run`, `copy` and `env`.
func quoted(names []string) string {
	for i := range names {
		names[i] = "`" + names[i] + "`"
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
