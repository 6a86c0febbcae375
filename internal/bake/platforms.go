package bake

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/source"
)

// platforms reports targets for platforms that an image is not built for which
// they are built from. BuildKit would take the image of another platform.
func (b *builder) platforms() {
	byPath := map[string]*images.Image{}
	for n := range b.images {
		byPath[b.images[n].Path] = &b.images[n]
	}
	reported := map[string]bool{}
	for _, i := range b.images {
		for _, p := range i.Parents {
			parent := byPath[p.Path]
			if parent == nil {
				continue
			}
			k := slices.IndexFunc(parent.Plan.Targets, func(t dockerfile.Target) bool { return t.Stage == p.Target })
			of := parent.Plan.Targets[k]
			for _, t := range i.Plan.Targets {
				missing := lacking(i, t, p, of.Platforms)
				if id := i.Stack.Name + " " + t.Stage + " " + p.Target; len(missing) > 0 && !reported[id] {
					reported[id] = true
					b.report(i.Variant, parent.Variant, finding(i.Variant, t, parent.Variant, of, missing))
				}
			}
		}
	}
}

// lacking are the platforms for which a target needs a parent that is not built
// for them.
func lacking(i images.Image, t dockerfile.Target, p images.Parent, built []string) []string {
	if reads, _ := i.Inputs.Target(t.Stage); !slices.Contains(reads.Stages, p.Stage) {
		return nil
	}
	// A stage for another platform than the target's says so.
	if p.Platform != "" && (len(t.Platforms) < 2 || len(built) < 2) {
		return nil
	}
	var out []string
	for _, platform := range t.Platforms {
		if !slices.Contains(built, platform) && p.On(i.Plan, platform) {
			out = append(out, platform)
		}
	}
	return out
}

func finding(v *images.Variant, t dockerfile.Target, parent *images.Variant, of dockerfile.Target, missing []string) diag.Diagnostic {
	at := func(v *images.Variant, t dockerfile.Target) source.Span {
		field := "targets." + dockerfile.FieldName(t.Stage)
		if len(t.Platforms) > 0 {
			field += ".platforms"
		}
		return v.Locate(dockerfile.Origin{}, field)
	}
	d := diag.Diagnostic{
		Code: diag.CodeParentPlatform, Severity: diag.Error, Span: at(v, t),
		Message: fmt.Sprintf("the target %q is built for %s, and its parent, the target %q of the stack %s, is not", t.Stage, strings.Join(missing, ", "), of.Stage, parent.Stack.Name),
		Related: []diag.Related{{Span: at(parent, of), Label: "the parent is built for " + strings.Join(of.Platforms, ", ")}},
		Help:    fmt.Sprintf("give the parent the platforms %s too", strings.Join(missing, ", ")),
	}
	if len(of.Platforms) == 0 {
		d.Related[0].Label = "the parent is built for the platform of whoever builds it"
	}
	if v.Name != "" {
		d.Notes = []string{"in the variant " + v.Name}
	}
	return d
}
