package bake

import (
	"cmp"
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
	// byDefault is nil for null: nothing is passed on.
	byDefault *string
	// inTags is whether the value must be fit for tags.
	inTags bool
	// not are values that it must not have.
	not []string
	// of is what it stands for: `build argument "X"`.
	of    string
	image *images.Variant
	used  bool
}

// declare notes all variables that targets of the file may use.
func (b *builder) declare() {
	for _, i := range b.images {
		for _, in := range i.Plan.Inputs {
			b.input(i.Variant, in)
		}
		for _, a := range i.Plan.Args {
			b.variable(i.Variant, &variable{
				name: argVariable(a.Name), of: fmt.Sprintf("the build argument %s", a.Name), description: cmp.Or(a.Description, "the build argument "+a.Name),
			})
		}
		for _, name := range i.Plan.Contexts {
			b.variable(i.Variant, &variable{
				name: upper("CONTEXT", name), of: fmt.Sprintf("the named context %q", name), byDefault: new(""),
				description: fmt.Sprintf("the named context %s: a directory, an image (docker-image://...) or an address", name),
			})
		}
		for _, s := range i.Inputs.Stages {
			for _, secret := range s.Secrets {
				b.variable(i.Variant, &variable{
					name: upper("SECRET", secret.ID), of: fmt.Sprintf("the secret %q", secret.ID), byDefault: new(""),
					description: fmt.Sprintf("where the secret %s is: env=NAME or src=FILE", secret.ID),
				})
			}
			for _, id := range s.SSH {
				b.variable(i.Variant, &variable{
					name: upper("SSH", id), of: fmt.Sprintf("the SSH agent %q", id), byDefault: new(""),
					description: fmt.Sprintf("the socket of the SSH agent %s, or a key", id),
				})
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
	known := b.variable(v, &variable{
		name: in.Name, of: fmt.Sprintf("the input %s", in.Name), byDefault: &byDefault, description: in.Description,
		inTags: true,
	})
	for _, value := range in.Not {
		if !slices.Contains(known.not, value) {
			known.not = append(known.not, value)
		}
	}
	if *known.byDefault != byDefault {
		known.byDefault = new("")
	}
}

// variable is the one of that name. It reports two things of one name.
func (b *builder) variable(v *images.Variant, declared *variable) *variable {
	known := b.variables[declared.name]
	if known == nil {
		declared.image = v
		b.variables[declared.name] = declared
		return declared
	}
	if known.of != declared.of && known.of != "" {
		b.report(known.image, v, diag.Diagnostic{
			Code: diag.CodeBakeName, Severity: diag.Error, Span: v.Locate(dockerfile.Origin{}, "path"),
			Message: fmt.Sprintf("two things are the variable %s in the file for bake", declared.name),
			Notes:   []string{known.of + " of generated/" + known.image.Path, declared.of + " of generated/" + v.Path},
			Help:    "name one of them otherwise",
		})
		known.of = "" // once is enough
	}
	return known
}

// use is the name of a variable that a target uses.
func (b *builder) use(name string) string {
	b.variables[name].used = true
	return name
}

// argVariable is the variable that a build argument is given by. Its own name
// would not do: an environment has a PYTHON_VERSION or CUDA_VERSION for reasons
// of its own.
func argVariable(name string) string { return "ARG_" + name }

func upper(kind, name string) string {
	return kind + "_" + strings.ToUpper(strings.ReplaceAll(unfit.ReplaceAllString(name, "_"), "-", "_"))
}

// declared are the variables that targets use, by name.
func (b *builder) declared() object {
	var out object
	for _, name := range sorted(b.variables) {
		v := b.variables[name]
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
