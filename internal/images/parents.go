package images

import (
	"slices"

	"stagecue.dev/internal/dockerfile"
)

// parents finds the images that stages are built from.
func (f *finder) parents() {
	var order []groupKey
	for i := range f.Variants {
		v := f.Variants[i]
		for k := range v.Bases {
			b := &v.Bases[k]
			if b.Ref == "" {
				f.noImage(i, b)
				continue
			}
			_, tag, digest := dockerfile.SplitReference(b.Ref)
			if digest != "" && b.Parent == nil || b.Parent != nil && b.Parent.External {
				continue // an image that is there already
			}
			repository := f.published.repository(b.Ref)
			if repository == "" {
				f.unpublished(i, b)
				continue
			}
			if b.Parent == nil && !b.Open {
				f.exactly(child{i, b}, repository, tag)
				continue
			}
			key := groupKey{repository, v.Stack}
			if f.groups[key] == nil {
				f.groups[key] = &group{}
				order = append(order, key)
			}
			g := f.groups[key]
			g.children = append(g.children, child{i, b})
		}
	}
	for _, key := range order {
		g, targets := f.groups[key], f.published.targets[key.repository]
		f.prepare(g, targets)
		for _, c := range g.children {
			switch found := f.find(g, c); len(found) {
			case 0:
				f.missing(g, c, key.repository)
			case 1:
				f.edge(c, found[0])
			default:
				f.ambiguous(c, key.repository, found)
			}
		}
	}
	for i := range f.edges {
		// What groups have found is not in the order of the stages.
		bases := f.Variants[i].Bases
		slices.SortStableFunc(f.edges[i], func(a, b edge) int { return index(bases, a.base) - index(bases, b.base) })
	}
}

func index(bases []Base, b *Base) int {
	for i := range bases {
		if &bases[i] == b {
			return i
		}
	}
	return -1
}

// exactly finds the image that has a tag.
func (f *finder) exactly(c child, repository, tag string) {
	if found, ok := f.published.tags[repository+":"+tag]; ok && !found.promoted {
		f.edge(c, found.publisher)
		return
	}
	f.noTag(c, repository, tag)
}

func (f *finder) edge(c child, to publisher) {
	f.edges[c.variant] = append(f.edges[c.variant], edge{c.base, to})
}

// known tells whether all is known of a repository that a variant refers to.
// Where other stacks are left out, those may publish there what is missing here.
func (f *finder) known(c child, repository string) bool {
	own := f.Variants[c.variant].Stack
	return f.Complete || slices.ContainsFunc(f.published.targets[repository], func(p publisher) bool {
		return f.Variants[p.variant].Stack == own
	})
}
