package bake

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/source"
)

// join makes one name of several. Bake itself takes a dot on its command line
// for an underscore, so that dots can be typed.
func join(parts ...string) string {
	var out strings.Builder
	for n, p := range parts {
		if n > 0 {
			out.WriteByte('-')
		}
		out.WriteString(fitted(strings.ReplaceAll(p, ".", "_"), '-'))
	}
	return out.String()
}

// fitted is a text with one character in place of whatever the names of targets
// and groups cannot hold.
func fitted(text string, instead byte) string {
	if allFit(text) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := range len(text) {
		switch {
		case fits(text[i]):
			out = append(out, text[i])
		case i == 0 || fits(text[i-1]):
			out = append(out, instead)
		}
	}
	return string(out)
}

func allFit(name string) bool {
	for i := range len(name) {
		if !fits(name[i]) {
			return false
		}
	}
	return true
}

func fits(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// targetName is the name of a target: that of the stack, the path, and the
// target unless it is the default.
func targetName(v *images.Variant, stage string) string {
	if stage == defaultTarget(&v.Plan) {
		return join(v.Stack.Name, v.Plan.Path)
	}
	return join(v.Stack.Name, v.Plan.Path, stage)
}

// defaultTarget is what plain `docker build` builds.
func defaultTarget(plan *dockerfile.Plan) string {
	if plan.Default == "" && len(plan.Targets) == 1 {
		return plan.Targets[0].Stage
	}
	return plan.Default
}

// owner is whatever has a name: a target, or a group that is for something.
type owner struct {
	// image is the one that is built, or the first of the group.
	image  *images.Variant
	target string
	// group is what a group is for, as people would say it; ofAll is whether that
	// is all images.
	group string
	ofAll bool
}

func (o owner) String() string {
	if o.group != "" {
		return "the group for " + o.group
	}
	return fmt.Sprintf("target %q of generated/%s", o.target, o.image.Path)
}

// span is the field that decides about the name.
func (o owner) span() source.Span {
	field := "path"
	if o.group == "" && o.target != defaultTarget(&o.image.Plan) {
		field = "targets." + dockerfile.FieldName(o.target)
	}
	return o.image.Locate(dockerfile.Origin{}, field)
}

// own notes who has a name, and reports that somebody else has.
func (b *builder) own(name string, o owner) {
	first, taken := b.names[name]
	if !taken {
		b.names[name] = o
		return
	}
	d := diag.Diagnostic{
		Code: diag.CodeBakeName, Severity: diag.Error, Span: o.span(),
		Message: fmt.Sprintf("two things have the name %q in the file for bake", name),
		Notes:   []string{first.String(), o.String()},
		Help:    "choose another path, or other names of targets or axis values: a dot becomes a _, and what else is no letter, digit, _ or - a -",
	}
	if span := first.span(); span != d.Span {
		d.Related = []diag.Related{{Span: span, Label: "the other one has its name from here"}}
	}
	if first.ofAll {
		b.list = append(b.list, d)
		return
	}
	b.report(first.image, o.image, d)
}
