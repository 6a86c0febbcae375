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

// tag is a tag as a template, and the inputs that it cannot do without.
type tag struct {
	text   string
	needed []string
}

// tag makes the template of a tag.
func (b *builder) tag(plan *dockerfile.Plan, text string) tag {
	t := tag{text: text}
	names, _ := dockerfile.TagInputs(text)
	for _, name := range names {
		k := slices.IndexFunc(plan.Inputs, func(in dockerfile.Input) bool { return in.Name == name })
		byDefault := plan.Inputs[k].Default
		switch v := b.use(anInput, name); {
		case byDefault == nil:
			if !slices.Contains(t.needed, name) {
				t.needed = append(t.needed, name)
			}
		case *v.byDefault != *byDefault:
			t.text = strings.ReplaceAll(t.text, value(name), otherwise(name, *byDefault))
		}
	}
	return t
}

// tagList are the tags of a target. Without an input that they need there are
// none: the image can be built, and nothing of it is pushed.
func tagList(tags []tag) any {
	if len(tags) == 0 {
		return nil
	}
	var out texts
	var needed []string
	for _, t := range tags {
		out = append(out, t.text)
		for _, name := range t.needed {
			if !slices.Contains(needed, name) {
				needed = append(needed, name)
			}
		}
	}
	if len(needed) > 0 {
		return listIfGiven(needed, out)
	}
	return out
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
		if b.variables[thing{anArg, name}] == nil {
			continue // one that the platform decides about
		}
		if v := b.use(anArg, name); !slices.Contains(given, v.name) {
			given = append(given, v.name)
		}
	}
	if len(given) == 0 {
		return "target:" + target
	}
	return unlessGiven(given, "target:"+target)
}
