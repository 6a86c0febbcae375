// Package evaluate fills a variant into a stack and decodes what comes out: the
// plan of the Dockerfile and the stages, as plain data.
package evaluate

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/source"
)

// A Builder builds a stack, or a part of it.
type Builder interface {
	// Graph tells what the fields of the stack depend on.
	Graph() *depend.Graph
	// Whole is all of the stack, without a variant.
	Whole() cue.Value
	// Part is a part of the stack with some facts of a variant, and what the
	// constants are that it refers to.
	Part(part depend.Part, facts []depend.Fact, given ...depend.Given) cue.Value
	// Rule is an entry of rules or guarantees with facts, in the context of the
	// matrix. It is false if that cannot be done.
	Rule(of []string, facts []depend.Fact) (cue.Value, bool)
	// Constant is what a part may be given for a field.
	Constant(c *depend.Constant, facts []depend.Fact, given []depend.Given) cue.Value
	// Policy is a part that is policies, as they are held against views, with
	// what tells whether a field of a view can matter to them, by its name.
	Policy(part depend.Part) (depend.Part, func(name string) bool)
}

// An Evaluator evaluates one stack. It is for one goroutine, and so is all that
// comes of it.
type Evaluator struct {
	builder   Builder
	memo      *Memo
	positions *cuediag.Positions
	stages    []string
	units     map[string]*unit
	// fields are those of stages that can be told apart.
	fields map[string][]string
	// joins are what stages are put together from.
	joins map[string]*join
	// builtPolicies are policies that have been built, by what they are and read.
	builtPolicies map[string]cue.Value
	policyUnits   map[string]policyUnit
	// last is the whole stack with the variant that it was last needed for.
	last struct {
		of   *Filled
		root cue.Value
	}
}

// New reads the names of the stages; nothing else is evaluated before a
// variant is filled in. What is found is shared by the memo.
func New(builder Builder, memo *Memo, positions *cuediag.Positions) (*Evaluator, diag.List) {
	e := &Evaluator{builder: builder, memo: memo, positions: positions, units: map[string]*unit{}, fields: map[string][]string{}, joins: map[string]*join{}, builtPolicies: map[string]cue.Value{}, policyUnits: map[string]policyUnit{}}
	if names, ok := builder.Graph().Names("stages"); ok {
		e.stages = names
		return e, nil
	}
	root := builder.Whole()
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
	return e.positions.Label(e.builder.Whole().LookupPath(cue.MakePath(cue.Str("stages"), cue.Str(name))), name)
}

// Filled is a stack with one variant filled in.
type Filled struct {
	*Evaluator
	variant matrix.Variant
	// results are what the fields that were asked for came to: a stage may be
	// made of several. identities name them.
	results    map[string][]*result
	identities map[string]string
}

// Fill fills in a variant. Nothing is evaluated for that.
func (e *Evaluator) Fill(v matrix.Variant) *Filled {
	return &Filled{Evaluator: e, variant: v, results: map[string][]*result{}, identities: map[string]string{}}
}

// root is the whole stack with the variant filled in. It takes as long as all
// of its stages together, so it is for errors, which want to be explained from
// all that there is.
func (f *Filled) root() cue.Value {
	f.memo.whole.Store(true)
	if f.last.of != f {
		root := f.builder.Whole()
		hole := root.Context().BuildExpr(&ast.StructLit{})
		for _, chosen := range f.variant.Values {
			axis := cue.Str(chosen.Axis)
			// Looked up here and not taken from the matrix, whose values are of
			// another context.
			value := root.LookupPath(cue.MakePath(cue.Str("axes"), axis, cue.Str(chosen.Value)))
			hole = hole.FillPath(cue.MakePath(axis), value)
		}
		// One fill of the whole hole: each one evaluates the stack anew.
		f.last.of, f.last.root = f, root.FillPath(cue.ParsePath("variant"), hole)
	}
	return f.last.root
}

// Locate is the place in the user's files that something was made of: the
// field of it that is named, or what is nearest around it.
func (f *Filled) Locate(o dockerfile.Origin, field string) source.Span {
	path := cuePath(o, field)
	if f.identities[resultName(o.Stage)] == "" {
		return f.locate(o, path)
	}
	key := path + "\x00" + f.values(f.reads(o.Stage))
	span, ok := f.memo.places.Load(key)
	if !ok {
		span, _ = f.memo.places.LoadOrStore(key, f.locate(o, path))
	}
	return span.(source.Span)
}

func (f *Filled) locate(o dockerfile.Origin, path string) source.Span {
	selectors := cue.ParsePath(path).Selectors()
	if o.Stage == "" && len(selectors) == 3 {
		// An entry of args, targets or contexts: its name is meant.
		if v := f.root().LookupPath(cue.MakePath(selectors...)); v.Exists() {
			return f.positions.Label(v, selectors[2].Unquoted())
		}
	}
	return f.positions.At(f.root(), selectors)
}

// cuePath is where a field of something is in the stack.
func cuePath(o dockerfile.Origin, field string) string {
	path := "dockerfile"
	if o.Stage != "" {
		path = cue.MakePath(cue.Str("stages"), cue.Str(o.Stage)).String()
	}
	for _, more := range []string{o.Path, field} {
		if more != "" {
			path += "." + more
		}
	}
	return path
}

// Missing finds the required fields that stages and plan lack.
func (f *Filled) Missing() diag.List {
	return append(f.positions.Missing(f.root(), cue.ParsePath("stages")), f.positions.Missing(f.root(), cue.ParsePath("dockerfile"))...)
}

// errors explains errors of CUE's that came up in this variant.
func (f *Filled) errors(err error) diag.List {
	list := f.positions.Convert(err, f.root(), diag.CodeEvaluation)
	for i := range list {
		if len(f.variant.Values) > 0 {
			list[i].Notes = append(list[i].Notes, inVariant(f.variant.String()))
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
