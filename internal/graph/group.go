package graph

import (
	"strings"

	"stagecue.dev/internal/images"
)

// few is how many images of a stack are drawn one by one.
const few = 6

// grouped names the node of each image, by the path of its Dockerfile. In a
// stack of more than a few images, those that have one part of their paths in
// common make one node: "inference/vllm/*".
func grouped(shown []images.Image) map[string]string {
	stacks := map[string][]images.Image{}
	for _, i := range shown {
		stacks[i.Stack.Name] = append(stacks[i.Stack.Name], i)
	}
	names := map[string]string{}
	for stack, list := range stacks {
		for path, name := range groupStack(stack, list) {
			names[path] = name
		}
	}
	return names
}

// groupStack takes the first part of the paths by which images come together and
// none of a node is built from another of it.
func groupStack(stack string, list []images.Image) map[string]string {
	single := map[string]string{}
	for _, i := range list {
		single[i.Path] = strings.TrimSuffix(i.Path, "/Dockerfile")
	}
	if len(list) <= few {
		return single
	}
	for part := 0; part < 1+strings.Count(single[list[0].Path][len(stack)+1:], "/"); part++ {
		names := map[string]string{}
		nodes := map[string]bool{}
		for _, i := range list {
			names[i.Path] = stack + "/" + pattern(single[i.Path][len(stack)+1:], part)
			nodes[names[i.Path]] = true
		}
		if len(nodes) < len(list) && apart(list, names) {
			return named(names, single)
		}
	}
	all := map[string]string{}
	for _, i := range list {
		all[i.Path] = stack + "/**"
	}
	if apart(list, all) {
		return all
	}
	return single
}

// named gives an image that is alone in its node its own name.
func named(names, single map[string]string) map[string]string {
	members := map[string]int{}
	for _, name := range names {
		members[name]++
	}
	for path, name := range names {
		if members[name] == 1 {
			names[path] = single[path]
		}
	}
	return names
}

// pattern is a path of which one part is kept: "*/b/*".
func pattern(path string, keep int) string {
	parts := strings.Split(path, "/")
	for i := range parts {
		if i != keep {
			parts[i] = "*"
		}
	}
	return strings.Join(parts, "/")
}

// apart tells whether images that are built from each other have different
// names.
func apart(list []images.Image, names map[string]string) bool {
	for _, i := range list {
		for _, p := range i.Parents {
			if names[p.Path] == names[i.Path] {
				return false
			}
		}
	}
	return true
}
