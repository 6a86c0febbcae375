package evaluate

import (
	"reflect"
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
	return field(f, []string{"dockerfile"}, f.decodePlan)
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
		decoded, e, ok := attempt(f, u, func(v cue.Value) (dockerfile.Plan, diag.List) {
			var plan dockerfile.Plan
			planField(&plan, name, v)
			return plan, nil
		})
		if !ok {
			return plan, false
		}
		adopt(&plan, decoded)
		results = append(results, e)
	}
	if plan.Path == "" || len(plan.Targets) == 0 {
		return plan, false
	}
	f.set(path[0], results...)
	return plan, true
}

func (f *Filled) decodePlan(v cue.Value) (dockerfile.Plan, diag.List) {
	if err := v.Validate(cue.Concrete(true)); err != nil {
		return dockerfile.Plan{}, f.errors(err)
	}
	var plan dockerfile.Plan
	for _, e := range (reader{v: v}).all() {
		planField(&plan, e.name, e.value)
	}
	var list diag.List
	if len(plan.Targets) == 0 {
		list = append(list, f.problem(diag.CodeMissingField, dockerfile.Origin{}, "targets",
			"dockerfile.targets is empty: there is nothing to build", "name at least one stage as a target"))
	}
	return plan, list
}

// planField decodes one field of `dockerfile`.
func planField(p *dockerfile.Plan, name string, v cue.Value) {
	r := reader{v: v}
	text, _ := v.String()
	switch name {
	case "path":
		p.Path = text
	case "default":
		p.Default = text
	case "syntax":
		p.Syntax = text
	case "context":
		p.Context = dockerfile.Context{Directory: r.str("directory"), External: r.str("external"), Exclude: r.strings("exclude"), Optional: r.strings("optional")}
	case "ignore":
		on, err := v.Bool()
		p.NoIgnore = err == nil && !on
	case "targets":
		for _, t := range r.all() {
			p.Targets = append(p.Targets, target(t))
		}
	case "args":
		for _, a := range r.all() {
			arg := reader{v: a.value}
			p.Args = append(p.Args, dockerfile.Arg{Name: a.name, Description: arg.str("description"), Default: arg.optionalString("default")})
		}
	case "inputs":
		for _, i := range r.all() {
			input := reader{v: i.value}
			p.Inputs = append(p.Inputs, dockerfile.Input{Name: i.name, Description: input.str("description"), Default: input.optionalString("default"), Not: input.strings("not")})
		}
	case "contexts":
		for _, c := range r.all() {
			p.Contexts = append(p.Contexts, c.name)
		}
	case "check":
		p.Check = &dockerfile.Check{Skip: r.strings("skip"), Experimental: r.strings("experimental"), Error: r.optionalFlag("error")}
	}
}

// adopt takes over what is set in a plan.
func adopt(p *dockerfile.Plan, from dockerfile.Plan) {
	to, set := reflect.ValueOf(p).Elem(), reflect.ValueOf(from)
	for i := range set.NumField() {
		if field := set.Field(i); !field.IsZero() {
			to.Field(i).Set(field)
		}
	}
}
