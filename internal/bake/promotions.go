package bake

import (
	"cmp"
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/rope"
)

// PromotionsName is that of the files with promotions.
const PromotionsName = "promotions.json"

// Promotions are the tags that the images of a stack are given once they have
// proved good, for whoever gives them: from a tag to a tag, ${NAME} in them being
// an input. There is no text if there are none.
func Promotions(stack string, of []images.Image) rope.Rope {
	of = slices.Clone(of)
	slices.SortStableFunc(of, func(x, y images.Image) int { return cmp.Compare(x.Path, y.Path) })
	var found list
	inputs := map[string]dockerfile.Input{}
	for _, i := range of {
		for _, t := range i.Plan.Targets {
			for _, p := range t.Promotions {
				found = append(found, object{{"target", targetName(i.Variant, t.Stage)}, {"from", p.From}, {"to", p.To}})
				for _, in := range i.Plan.Inputs {
					if name := value(in.Name); strings.Contains(p.From, name) || strings.Contains(p.To, name) {
						inputs[in.Name] = in
					}
				}
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	file := object{{"//", header.From("stages/" + stack)}}
	if len(inputs) > 0 {
		var all object
		for _, name := range sorted(inputs) {
			all = append(all, member{name, declaration(inputs[name])})
		}
		file = append(file, member{"inputs", all})
	}
	return append(file, member{"promotions", found}).text()
}

// declaration is what is said of an input.
func declaration(in dockerfile.Input) object {
	out := object{{"description", in.Description}}
	if in.Default != nil {
		out = append(out, member{"default", *in.Default})
	}
	return out
}
