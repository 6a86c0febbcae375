package bake

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
)

// variable is what is given to bake by --var or by the environment.
type variable struct {
	name, description string
	// passed is what a target says that passes it on.
	passed string
	// byDefault is nil for null: nothing is passed on.
	byDefault *string
	// inTags is whether the value must be fit for tags.
	inTags bool
	// not are values that it must not have.
	not   []string
	of    thing
	image *images.Variant
	used  bool
	// clash is whether it is reported that something else has its name.
	clash bool
}

// declare notes all variables that targets of the file may use.
func (b *builder) declare() {
	for _, i := range b.images {
		for _, in := range i.Plan.Inputs {
			b.input(i.Variant, in)
		}
		for _, a := range i.Plan.Args {
			b.variable(i.Variant, thing{anArg, a.Name}, a.Description)
		}
		for _, name := range i.Plan.Contexts {
			b.variable(i.Variant, thing{aContext, name}, "")
		}
		for _, s := range i.Inputs.Stages {
			for _, secret := range s.Secrets {
				b.variable(i.Variant, thing{aSecret, secret.ID}, "")
			}
			for _, id := range s.SSH {
				b.variable(i.Variant, thing{anAgent, id}, "")
			}
		}
	}
}

// input declares an input. Bake has one default for it: that which all who
// declare it have in common.
func (b *builder) input(v *images.Variant, in dockerfile.Input) {
	if in.Name == "null" || in.Name == "true" || in.Name == "false" {
		b.report(v, v, diag.Diagnostic{
			Code: diag.CodeBakeName, Severity: diag.Error, Span: v.Locate(dockerfile.Origin{}, "inputs."+dockerfile.FieldName(in.Name)),
			Message: fmt.Sprintf("the input %s cannot be a variable of bake", in.Name), Help: "choose another name",
		})
	}
	byDefault := ""
	if in.Default != nil {
		byDefault = *in.Default
	}
	known := b.variable(v, thing{anInput, in.Name}, in.Description)
	if known.byDefault == nil {
		known.byDefault, known.inTags = new(byDefault), true
	}
	for _, value := range in.Not {
		if !slices.Contains(known.not, value) {
			known.not = append(known.not, value)
		}
	}
	if *known.byDefault != byDefault {
		known.byDefault = new("")
	}
}

// variable is the one of a thing. It reports two things that have one name.
func (b *builder) variable(v *images.Variant, of thing, description string) *variable {
	if known := b.variables[of]; known != nil {
		return known
	}
	declared := of.variable(description)
	declared.image = v
	b.variables[of] = declared
	first := b.byName[declared.name]
	if first == nil {
		b.byName[declared.name] = declared
		return declared
	}
	if !first.clash {
		b.report(first.image, v, diag.Diagnostic{
			Code: diag.CodeBakeName, Severity: diag.Error, Span: v.Locate(dockerfile.Origin{}, "path"),
			Message: fmt.Sprintf("two things are the variable %s in the file for bake", declared.name),
			Notes:   []string{first.of.String() + " of generated/" + first.image.Path, of.String() + " of generated/" + v.Path},
			Help:    "name one of them otherwise",
		})
		first.clash = true // once is enough
	}
	return declared
}

// use is the variable of a thing, which a target uses.
func (b *builder) use(kind kind, name string) *variable {
	v := b.variables[thing{kind, name}]
	v.used = true
	return v
}

// declared are the variables that targets use, by name.
func (b *builder) declared() object {
	var out object
	for _, name := range sorted(b.byName) {
		v := b.byName[name]
		if !v.used {
			continue
		}
		o := object{{"description", literal(strings.Join(strings.Fields(v.description), " "))}, {"default", nil}}
		if v.byDefault != nil {
			o[1].value = literal(*v.byDefault)
		}
		if v.inTags {
			o = append(o, member{"validation", fitForTags(name, *v.byDefault != "", slices.Sorted(slices.Values(v.not)))})
		}
		out = append(out, member{name, o})
	}
	return out
}

// fitForTags has bake refuse what a tag cannot hold, such as the slash of a
// branch, and what an input must not be. The empty string is a variable that is
// not given.
func fitForTags(name string, needed bool, not []string) object {
	pattern := "^[A-Za-z0-9_.-]*$"
	if needed {
		pattern = "^[A-Za-z0-9_.-]+$"
	}
	condition, message := fmt.Sprintf("can(regex(%q, %s))", pattern, name), name+" is put into tags, which hold letters, digits, _ . and - only"
	if len(not) > 0 {
		words := make([]string, len(not))
		for i, value := range not {
			words[i] = fmt.Sprintf("%q", literal(value))
		}
		condition += fmt.Sprintf(" && !contains([%s], %s)", strings.Join(words, ", "), name)
		message += "; it must not be " + literal(strings.Join(not, " or "))
	}
	return object{{"condition", "${" + condition + "}"}, {"error_message", message}}
}
