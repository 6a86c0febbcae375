package bake

import (
	"fmt"
	"slices"

	"stagecue.dev/internal/images"
)

// group is a name for the default targets of several images.
type group struct {
	name, description string
	owner             owner
	targets           []string
}

// groups are "default", one for each stack, and one for each value of an axis
// that has several.
func (b *builder) groups() object {
	all := &group{name: "default", description: "the default targets of all images"}
	list := []*group{all}
	for _, stack := range stacks(b.images) {
		of := slices.DeleteFunc(slices.Clone(b.images), func(i images.Image) bool { return i.Stack.Name != stack })
		found := b.groupsOf(stack, of)
		list = append(list, found...)
		if all.owner.image == nil {
			all.owner = owner{image: of[0].Variant, group: "all images", ofAll: true}
		}
		all.targets = append(all.targets, found[0].name)
	}
	out := object{}
	for _, g := range list {
		if len(g.targets) == 0 || len(g.targets) == 1 && g.targets[0] == g.name {
			continue // a name for that one target is there
		}
		b.own(g.name, g.owner)
		out = append(out, member{g.name, object{{"description", literal(g.description)}, {"targets", texts(g.targets)}}})
	}
	return out
}

// groupsOf are those of one stack.
func (b *builder) groupsOf(stack string, of []images.Image) []*group {
	whole := &group{name: join(stack), description: "the default targets of the stack " + stack}
	list := []*group{whole}
	for n, axis := range of[0].Values {
		byValue := map[string]*group{}
		var found []*group
		for _, i := range of {
			value := i.Values[n].Value
			if byValue[value] == nil {
				byValue[value] = &group{name: join(stack, axis.Name, value), description: fmt.Sprintf("the default targets of the stack %s for %s %s", stack, axis.Name, value)}
				found = append(found, byValue[value])
			}
			b.join(byValue[value], i.Variant, fmt.Sprintf("%s %s of the stack %s", axis.Name, value, stack))
		}
		if len(found) > 1 {
			list = append(list, found...)
		}
	}
	for _, i := range of {
		b.join(whole, i.Variant, "the stack "+stack)
	}
	return list
}

// join adds the default target of an image to a group.
func (b *builder) join(g *group, v *images.Variant, of string) {
	name, ok := b.targets[key{v.Path, defaultTarget(v.Plan)}]
	if !ok {
		return
	}
	if len(g.targets) == 0 {
		g.owner = owner{image: v, group: of}
	}
	g.targets = append(g.targets, name)
}
