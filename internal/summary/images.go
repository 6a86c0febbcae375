package summary

import (
	"slices"

	"stagecue.dev/internal/dockerfile"
)

// images are those that a stage itself reads on a platform.
func (b *builder) images(s dockerfile.Stage, platform string) []Image {
	var out []Image
	add := func(name string, at Place) {
		if name == scratch || b.index(name) >= 0 || slices.Contains(b.plan.Contexts, name) {
			return
		}
		if !slices.ContainsFunc(out, func(i Image) bool { return i.Ref == name }) {
			out = append(out, Image{name, at})
		}
	}
	add(b.base(s, platform), Place{s.Origin, "from"})
	refer(s, add)
	return out
}

// reads are the images that the build of a stage reads: those of all stages
// that it needs, in the order of the file.
func (b *builder) reads(name, platform string) []Image {
	needed := map[string]bool{}
	var need func(name string)
	need = func(name string) {
		i := b.index(name)
		if i < 0 || needed[name] {
			return
		}
		needed[name] = true
		need(b.base(b.file.Stages[i], platform))
		refer(b.file.Stages[i], func(name string, _ Place) { need(name) })
	}
	need(name)
	var out []Image
	for _, s := range b.file.Stages {
		if !needed[s.Name] {
			continue
		}
		for _, image := range b.stage(s.Name, platform).Images {
			if !slices.ContainsFunc(out, func(i Image) bool { return i.Ref == image.Ref }) {
				out = append(out, image)
			}
		}
	}
	return out
}
