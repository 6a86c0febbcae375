package graph

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
)

// Images draws the images that are kept, those that they are built from, and
// what those are built from in turn. Without whole, images whose paths are alike
// are drawn as one. all are in the order in which they are built.
func Images(title string, all []images.Image, keep func(images.Image) bool, whole bool) Graph {
	shown := withParents(all, keep)
	names := map[string]string{}
	for _, i := range shown {
		names[i.Path] = strings.TrimSuffix(i.Path, "/Dockerfile")
	}
	if !whole {
		names = grouped(shown)
	}
	members := map[string]int{}
	for _, i := range shown {
		members[names[i.Path]]++
	}
	b := newBuilder(title)
	leaf := leavesOf(shown, len(members) < len(shown))
	for _, i := range shown {
		name := names[i.Path]
		var edges []Edge
		for _, base := range i.Bases {
			p := parentOf(i, base)
			switch {
			case base.Ref == "":
			case p == nil:
				n := leaf(base.Ref)
				edges = append(edges, Edge{From: b.node("external "+n.Name, n), Use: useOf(base)})
			case names[p.Path] != name:
				edges = append(edges, Edge{From: b.node(names[p.Path], Node{}), Use: useOf(base), Label: otherTarget(all, *p)})
			}
		}
		to := b.node(name, Node{})
		b.Nodes[to] = described(name, i, members[name])
		for _, e := range edges {
			e.To = to
			b.edge(e)
		}
	}
	return b.Graph
}

// parentOf is the image of the module that a base is, nil if it is none.
func parentOf(i images.Image, b images.Base) *images.Parent {
	for n, p := range i.Parents {
		if p.Stage == b.Stage && p.Ref == b.Ref {
			return &i.Parents[n]
		}
	}
	return nil
}

// useOf is what a stage does with an image.
func useOf(b images.Base) Use {
	switch {
	case b.Field == "copy.from":
		return Copied
	case strings.HasPrefix(b.Field, "mounts"):
		return Mounted
	}
	return Base
}

// maxTargets is how many targets are named.
const maxTargets = 3

// described is the node of an image, or of several.
func described(name string, i images.Image, members int) Node {
	n := Node{Name: name}
	if members > 1 {
		n.Notes = []string{fmt.Sprintf("%d Dockerfiles", members)}
		return n
	}
	switch several := len(i.Plan.Targets); {
	case several > maxTargets:
		n.Notes = []string{fmt.Sprintf("%d targets", several)}
	case several > 1:
		var targets []string
		for _, t := range i.Plan.Targets {
			targets = append(targets, t.Stage)
		}
		n.Notes = []string{"targets " + strings.Join(targets, ", ")}
	}
	return n
}

// withParents are the images that are kept, with all that they are built from.
func withParents(all []images.Image, keep func(images.Image) bool) []images.Image {
	needed := map[string]bool{}
	// Parents come first, so that from the end each image is reached before
	// those that it is built from.
	for _, i := range slices.Backward(all) {
		if needed[i.Path] = needed[i.Path] || keep(i); needed[i.Path] {
			for _, p := range i.Parents {
				needed[p.Path] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(i images.Image) bool { return !needed[i.Path] })
}

// otherTarget names the target that an image is built from, if that is not the
// default one.
func otherTarget(all []images.Image, p images.Parent) string {
	for _, i := range all {
		if i.Path == p.Path && i.Plan.Default != "" && i.Plan.Default != p.Target {
			return "target " + p.Target
		}
	}
	return ""
}

// leavesOf tells the node of an image from elsewhere. Where nodes stand for
// several images, the tags of a repository are one.
func leavesOf(shown []images.Image, together bool) func(ref string) Node {
	tags := map[string][]string{}
	for _, i := range shown {
		for _, b := range i.Bases {
			repository, _, _ := dockerfile.SplitReference(b.Ref)
			if parentOf(i, b) == nil && !slices.Contains(tags[repository], b.Ref) {
				tags[repository] = append(tags[repository], b.Ref)
			}
		}
	}
	return func(ref string) Node {
		repository, _, _ := dockerfile.SplitReference(ref)
		if n := len(tags[repository]); together && n > 1 {
			return Node{Name: repository, Notes: []string{fmt.Sprintf("%d tags", n)}, Kind: External}
		}
		return Node{Name: ref, Kind: External}
	}
}
