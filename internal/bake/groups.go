package bake

import (
	"fmt"

	"stagecue.dev/internal/images"
)

// group is a name for the default targets of several images.
type group struct {
	name, description string
	owner             owner
	targets           texts
}

// groups are "default", one for each stack, and one for each value of an axis
// that has several.
func (b *builder) groups() object {
	byStack := map[string][]images.Image{}
	for _, i := range b.images {
		byStack[i.Stack.Name] = append(byStack[i.Stack.Name], i)
	}
	all := &group{name: "default", description: "the default targets of all images"}
	list := []*group{all}
	for _, stack := range sorted(byStack) {
		of := byStack[stack]
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
		out = append(out, member{g.name, object{{"description", literal(g.description)}, {"targets", g.targets}}})
	}
	return out
}

// groupsOf are those of one stack.
func (b *builder) groupsOf(stack string, of []images.Image) []*group {
	defaults := make([]string, len(of))
	for k, i := range of {
		defaults[k] = b.targets[key{i.Path, defaultTarget(&i.Plan)}]
	}
	whole := newGroup(join(stack), "the stack "+stack, "the stack "+stack)
	whole.targets = make(texts, 0, len(of))
	list := []*group{whole}
	for k, i := range of {
		whole.add(i.Variant, defaults[k])
	}
	for n, axis := range of[0].Values {
		byValue := map[string]*group{}
		var found []*group
		for k, i := range of {
			value := i.Values[n].Value
			g := byValue[value]
			if g == nil {
				g = newGroup(join(stack, axis.Name, value), fmt.Sprintf("the stack %s for %s %s", stack, axis.Name, value), fmt.Sprintf("%s %s of the stack %s", axis.Name, value, stack))
				byValue[value] = g
				found = append(found, g)
			}
			g.add(i.Variant, defaults[k])
		}
		if len(found) > 1 {
			list = append(list, found...)
		}
	}
	return list
}

// newGroup is a group without targets, whose description and owner are to say
// what it is for.
func newGroup(name, description, of string) *group {
	return &group{name: name, description: "the default targets of " + description, owner: owner{group: of}}
}

// add adds the default target of an image, if it has one.
func (g *group) add(v *images.Variant, name string) {
	if name == "" {
		return
	}
	if len(g.targets) == 0 {
		g.owner.image = v
	}
	g.targets = append(g.targets, name)
}
