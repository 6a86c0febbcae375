package images

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// order sorts variants so that each comes after those that it is built from, and
// reports variants that are built from each other.
func (f *finder) order() []int {
	out := make([]int, 0, len(f.Variants))
	var path []int
	const onPath, done = 1, 2
	state := make([]int, len(f.Variants))
	var walk func(i int)
	walk = func(i int) {
		state[i] = onPath
		path = append(path, i)
		for _, e := range f.edges[i] {
			switch state[e.to.variant] {
			case 0:
				walk(e.to.variant)
			case onPath:
				f.cycle(path[slices.Index(path, e.to.variant):], e)
			}
		}
		path = path[:len(path)-1]
		state[i] = done
		out = append(out, i)
	}
	for i := range f.Variants {
		if state[i] == 0 {
			walk(i)
		}
	}
	return out
}

// cycle reports variants that are built from each other, at the stage that
// closes the circle.
func (f *finder) cycle(path []int, closing edge) {
	last := path[len(path)-1]
	v := f.Variants[last]
	if f.enough(alike{diag.CodeParentCycle, v.Stack.Name, closing.base.Stage}) {
		return
	}
	d := diag.Diagnostic{
		Code: diag.CodeParentCycle, Severity: diag.Error,
		Span: v.Locate(closing.base.Origin, closing.base.Field),
		Help: "if an image is meant that was published before, " + closing.base.external(),
	}
	if len(path) == 1 {
		d.Message = fmt.Sprintf("stage %q %s %s, which its own Dockerfile is published as", closing.base.Stage, closing.base.Use, closing.base.From)
		d.Help = fmt.Sprintf("name the stage %q, or %s", f.target(closing.to).Stage, d.Help)
		d.Notes = inVariant(v)
		f.list = append(f.list, d)
		return
	}
	names := make([]string, len(path)+1)
	for i, at := range path {
		names[i] = f.variant(at)
	}
	names[len(path)] = names[0]
	d.Message = "images are built from each other"
	d.Notes = []string{strings.Join(names, " is built from ")}
	for i, at := range path[:len(path)-1] {
		for _, e := range f.edges[at] {
			if e.to.variant == path[i+1] {
				d.Related = append(d.Related, diag.Related{
					Span:  f.Variants[at].Locate(dockerfile.Origin{Stage: e.base.Stage}, "from"),
					Label: fmt.Sprintf("stage %q of %s is built from %s", e.base.Stage, names[i], e.base.From),
				})
				break
			}
		}
	}
	f.list = append(f.list, d)
}

func inVariant(v *Variant) []string {
	if v.Name == "" {
		return nil
	}
	return []string{"in the variant " + v.Name}
}
