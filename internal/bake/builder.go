package bake

import (
	"cmp"
	"maps"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/images"
)

// builder makes one file.
type builder struct {
	cache *Cache
	// stack is the one that the file is for, empty for all.
	stack string
	// images are those of the file, in the order of their paths.
	images []images.Image
	// targets are the names of all targets.
	targets   map[key]string
	names     map[string]owner
	variables map[string]*variable
	list      diag.List
	// reported is whether something is wrong that another file has reported.
	reported bool
}

// key is a target of a Dockerfile.
type key struct{ path, stage string }

func newBuilder(in Input) *builder {
	b := &builder{
		cache: in.Cache, stack: in.Stack, images: slices.Clone(in.Images),
		targets: map[key]string{}, names: map[string]owner{}, variables: map[string]*variable{},
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
func (b *builder) text() []byte {
	groups := b.groups()
	b.declare()
	var targets object
	for n := range b.images {
		for k := range b.images[n].Plan.Targets {
			t := b.target(&b.images[n], k)
			targets = append(targets, member{t.name, t.object()})
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
	return append(file, member{"group", groups}, member{"target", targets}).text()
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

// stacks are the names of those that have images, in order.
func stacks(all []images.Image) []string {
	seen := map[string]bool{}
	for _, i := range all {
		seen[i.Stack.Name] = true
	}
	return sorted(seen)
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
