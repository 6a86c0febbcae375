package bake

import (
	"cmp"
	"slices"
	"strings"

	"github.com/distribution/reference"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
)

func byKey(a, b member) int { return cmp.Compare(a.key, b.key) }

// up leads from a directory to the module's root.
func up(directory string) string { return strings.Repeat("../", 1+strings.Count(directory, "/")) }

// tags are the tags of a target. Without an input that they need there are none:
// the image can be built, and nothing of it is pushed.
func (b *builder) tags(plan dockerfile.Plan, t dockerfile.Target) any {
	if len(t.Tags) == 0 {
		return nil
	}
	var out, needed []string
	for _, tag := range t.Tags {
		text, names := b.tag(plan, tag)
		out = append(out, text)
		for _, name := range names {
			if !slices.Contains(needed, name) {
				needed = append(needed, name)
			}
		}
	}
	if len(needed) > 0 {
		return listIfGiven(needed, out)
	}
	return texts(out)
}

// tag is a tag as a template, and the inputs that it cannot do without.
func (b *builder) tag(plan dockerfile.Plan, tag string) (text string, needed []string) {
	text = tag
	names, _ := dockerfile.TagInputs(tag)
	for _, name := range names {
		k := slices.IndexFunc(plan.Inputs, func(in dockerfile.Input) bool { return in.Name == name })
		byDefault := plan.Inputs[k].Default
		switch v := b.variables[b.use(name)]; {
		case byDefault == nil:
			if !slices.Contains(needed, name) {
				needed = append(needed, name)
			}
		case *v.byDefault != *byDefault:
			text = strings.ReplaceAll(text, value(name), otherwise(name, *byDefault))
		}
	}
	return text, needed
}

// contextName is the name by which BuildKit looks for a context in place of an
// image.
func contextName(ref string) string {
	named, err := reference.ParseNormalizedNamed(ref)
	if err != nil {
		return ref
	}
	return strings.TrimSuffix(reference.FamiliarString(named), ":latest")
}

// parent is the context of an image that another target builds. Who gives a
// build argument that decides about the tag wants an image that is published,
// and the target is not built.
func (b *builder) parent(p images.Parent, target string) string {
	parts, err := dockerfile.ParseWord(p.From)
	if err != nil {
		return "target:" + target
	}
	var given []string
	for _, name := range dockerfile.Names(parts) {
		if v := argVariable(name); b.variables[v] != nil && !slices.Contains(given, v) {
			given = append(given, b.use(v))
		}
	}
	if len(given) == 0 {
		return "target:" + target
	}
	return unlessGiven(given, "target:"+target)
}
