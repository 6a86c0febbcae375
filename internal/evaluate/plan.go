package evaluate

import (
	"slices"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// Plan decodes the field `dockerfile`.
func (f *Filled) Plan() (dockerfile.Plan, diag.List) {
	if plan, ok := f.splitPlan(); ok {
		return plan, nil
	}
	return field(f, []string{"dockerfile"}, f.plan)
}

// splitPlan decodes each field of `dockerfile` by itself: the path is another
// one for each variant, while most of the others have few values. It is false if
// that cannot be done, or something is wrong.
func (f *Filled) splitPlan() (dockerfile.Plan, bool) {
	path := []string{resultName("")}
	var plan dockerfile.Plan
	var results []*result
	for _, name := range f.fieldsOf(path[0], path) {
		field := append(slices.Clip(path), name)
		u := f.unit(path[0]+"."+name, field, func(g *depend.Graph, besides ...[]string) (depend.Part, bool) {
			return g.Part(append(besides, field)...)
		})
		set, e, ok := attempt(f, u, func(v cue.Value) (func(*dockerfile.Plan), diag.List) { return planField(name, v), nil })
		if !ok {
			return plan, false
		}
		set(&plan)
		results = append(results, e)
	}
	if plan.Path == "" || len(plan.Targets) == 0 {
		return plan, false
	}
	f.set(path[0], results...)
	return plan, true
}

func (f *Filled) plan(v cue.Value) (dockerfile.Plan, diag.List) {
	if err := v.Validate(cue.Concrete(true)); err != nil {
		return dockerfile.Plan{}, f.errors(err)
	}
	var plan dockerfile.Plan
	for _, e := range (reader{v: v}).all() {
		planField(e.name, e.value)(&plan)
	}
	var list diag.List
	if len(plan.Targets) == 0 {
		list = append(list, f.problem(diag.CodeMissingField, dockerfile.Origin{}, "targets",
			"dockerfile.targets is empty: there is nothing to build", "name at least one stage as a target"))
	}
	return plan, list
}

// planField decodes one field of `dockerfile`.
func planField(name string, v cue.Value) func(*dockerfile.Plan) {
	r := reader{v: v}
	text, _ := v.String()
	switch name {
	case "path":
		return func(p *dockerfile.Plan) { p.Path = text }
	case "default":
		return func(p *dockerfile.Plan) { p.Default = text }
	case "syntax":
		return func(p *dockerfile.Plan) { p.Syntax = text }
	case "context":
		context := dockerfile.Context{Directory: r.str("directory"), External: r.str("external"), Exclude: r.strings("exclude"), Optional: r.strings("optional")}
		return func(p *dockerfile.Plan) { p.Context = context }
	case "ignore":
		on, err := v.Bool()
		return func(p *dockerfile.Plan) { p.NoIgnore = err == nil && !on }
	case "targets":
		var targets []dockerfile.Target
		for _, t := range r.all() {
			targets = append(targets, target(t))
		}
		return func(p *dockerfile.Plan) { p.Targets = targets }
	case "args":
		var args []dockerfile.Arg
		for _, a := range r.all() {
			arg := reader{v: a.value}
			args = append(args, dockerfile.Arg{Name: a.name, Description: arg.str("description"), Default: arg.optionalString("default")})
		}
		return func(p *dockerfile.Plan) { p.Args = args }
	case "inputs":
		var inputs []dockerfile.Input
		for _, i := range r.all() {
			input := reader{v: i.value}
			inputs = append(inputs, dockerfile.Input{Name: i.name, Description: input.str("description"), Default: input.optionalString("default"), Not: input.strings("not")})
		}
		return func(p *dockerfile.Plan) { p.Inputs = inputs }
	case "contexts":
		var contexts []string
		for _, c := range r.all() {
			contexts = append(contexts, c.name)
		}
		return func(p *dockerfile.Plan) { p.Contexts = contexts }
	case "check":
		check := &dockerfile.Check{Skip: r.strings("skip"), Experimental: r.strings("experimental"), Error: r.optionalFlag("error")}
		return func(p *dockerfile.Plan) { p.Check = check }
	}
	return func(*dockerfile.Plan) {}
}
