package bake

import (
	"slices"

	"stagecue.dev/internal/dockerfile"
)

// caches are where a build takes its cache from, and where it leaves it: images
// under their own tags, those that were promoted, and what is kept apart. What is
// not there is no error for BuildKit.
func (b *builder) caches(name string, plan dockerfile.Plan, t dockerfile.Target) (from, to list) {
	add := func(tag string) {
		text, needed := b.tag(plan, tag)
		if text = "type=registry,ref=" + text; len(needed) > 0 {
			text = ifGiven(needed, text)
		}
		if !slices.Contains(from, any(text)) {
			from = append(from, text)
		}
	}
	for _, tag := range t.Tags {
		add(tag)
	}
	for _, p := range t.Promotions {
		add(p.To)
	}
	if len(from) > 0 {
		to = append(to, "type=inline") // or nobody could take it from the image
	}
	if b.cache != nil {
		apart := "type=registry,ref=" + literal(b.cache.Repository) + ":" + name
		from = append(from, apart)
		if b.cache.Mode != "" {
			apart += ",mode=" + b.cache.Mode
		}
		to = append(to, apart)
	}
	return from, to
}
