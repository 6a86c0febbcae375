package bake

import (
	"cmp"
	"maps"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/rope"
)

// builder makes one file.
type builder struct {
	cache *Cache
	// stack is the one that the file is for, empty for all.
	stack string
	// images are those of the file, in the order of their paths.
	images []images.Image
	// targets are the names of all targets.
	targets map[key]string
	names   map[string]owner
	// variables are all, byName those that have their name to themselves.
	variables map[thing]*variable
	byName    map[string]*variable
	list      diag.List
	// reported is whether something is wrong that another file has reported.
	reported bool
}

// key is a target of a Dockerfile.
type key struct{ path, stage string }

func newBuilder(in Input) *builder {
	n := 0
	for _, i := range in.Images {
		n += len(i.Plan.Targets)
	}
	b := &builder{
		cache: in.Cache, stack: in.Stack, images: slices.Clone(in.Images),
		targets: make(map[key]string, n), names: make(map[string]owner, n), variables: map[thing]*variable{}, byName: map[string]*variable{},
	}
	slices.SortStableFunc(b.images, func(x, y images.Image) int { return cmp.Compare(x.Path, y.Path) })
	for _, i := range b.images {
		for _, t := range i.Plan.Targets {
			name := targetName(i.Variant, t.Stage)
			b.targets[key{i.Path, t.Stage}] = name
			b.own(name, owner{image: i.Variant, target: t.Stage})
		}
	}
	return b
}

// text is the whole file.
func (b *builder) text() rope.Rope {
	groups := b.groups()
	b.declare()
	// Targets say which variables are used, and come last all the same.
	var targets section
	for n := range b.images {
		for k := range b.images[n].Plan.Targets {
			t := b.target(&b.images[n], k)
			targets.add(member{t.name, t.object()})
		}
	}
	from := "stages"
	if b.stack != "" {
		from += "/" + b.stack
	}
	file := object{{"//", header.From(from)}}
	if v := b.declared(); len(v) > 0 {
		file = append(file, member{"variable", v})
	}
	return append(file, member{"group", groups}, member{"target", &targets}).text()
}

// report adds a finding about two images, unless that is one for the file of
// their stack.
func (b *builder) report(x, y *images.Variant, d diag.Diagnostic) {
	if b.stack == "" && x.Stack == y.Stack {
		b.reported = true
		return
	}
	b.list = append(b.list, d)
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
