package bake

import "slices"

// caches are where a build takes its cache from, and where it leaves it: images
// under their own tags, those that were promoted, and what is kept apart. What is
// not there is no error for BuildKit.
func (b *builder) caches(name string, tags, promoted []tag) (from, to texts) {
	for _, t := range slices.Concat(tags, promoted) {
		text := "type=registry,ref=" + t.text
		if len(t.needed) > 0 {
			text = ifGiven(t.needed, text)
		}
		if !slices.Contains(from, text) {
			from = append(from, text)
		}
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
