package index

import (
	"slices"
	"strings"

	"stagecue.dev/internal/images"
	"stagecue.dev/internal/rope"
)

// OwnText is Text of Of, but for parents that are of other stacks. There is no
// index of all variants on the way, which takes more room than the text.
func OwnText(stack string, axes []Axis, all []images.Image, name func(v *images.Variant, target string) string, header string) (rope.Rope, error) {
	m := newMaker(stack, axes, name)
	for _, image := range all {
		for i := range image.Inputs.Stages {
			m.stage(madeOf(image, i))
		}
	}
	m.index.sort()
	sorted := slices.SortedFunc(slices.Values(all), func(a, b images.Image) int { return strings.Compare(a.Path, b.Path) })
	foreign := func(p Parent) bool {
		_, own := slices.BinarySearchFunc(sorted, p.Path, func(i images.Image, path string) int { return strings.Compare(i.Path, path) })
		return !own
	}
	return m.index.text(header, func(yield func(*Variant) bool) {
		for _, image := range sorted {
			v := m.variant(image)
			v.Parents = slices.DeleteFunc(v.Parents, foreign)
			if !yield(&v) {
				return
			}
		}
	})
}
