package evaluate

import (
	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// Plan decodes the field `dockerfile`.
func (f *Filled) Plan() (dockerfile.Plan, diag.List) {
	return field(f, []string{"dockerfile"}, f.plan)
}

func (f *Filled) plan(v cue.Value) (dockerfile.Plan, diag.List) {
	if err := v.Validate(cue.Concrete(true)); err != nil {
		return dockerfile.Plan{}, f.errors(err)
	}
	r := reader{v}
	plan := dockerfile.Plan{
		Path:    r.str("path"),
		Default: r.str("default"),
		Syntax:  r.str("syntax"),
		Context: dockerfile.Context{
			Directory: r.sub("context").str("directory"),
			External:  r.sub("context").str("external"),
		},
	}
	for _, t := range r.fields("targets") {
		target := reader{t.value}
		plan.Targets = append(plan.Targets, dockerfile.Target{
			Stage:       t.name,
			Description: target.str("description"),
			Tags:        target.strings("tags"),
			Platforms:   target.strings("platforms"),
		})
	}
	for _, a := range r.fields("args") {
		arg := reader{a.value}
		plan.Args = append(plan.Args, dockerfile.Arg{
			Name:        a.name,
			Description: arg.str("description"),
			Default:     arg.optionalString("default"),
		})
	}
	for _, c := range r.fields("contexts") {
		plan.Contexts = append(plan.Contexts, c.name)
	}
	if r.has("check") {
		check := r.sub("check")
		plan.Check = &dockerfile.Check{
			Skip:         check.strings("skip"),
			Experimental: check.strings("experimental"),
			Error:        check.optionalFlag("error"),
		}
	}
	var list diag.List
	if len(plan.Targets) == 0 {
		list = append(list, f.problem(diag.CodeMissingField, dockerfile.Origin{}, "targets",
			"dockerfile.targets is empty: there is nothing to build", "name at least one stage as a target"))
	}
	return plan, list
}
