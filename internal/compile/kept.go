package compile

import (
	"errors"

	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
)

// kept is what other processes have found out about a stack: nothing where it is
// empty.
type kept struct {
	// parts are what parts of the stack came to, which only runs after an edit
	// need, and variants what its variants came to, and its matrix.
	parts, variants *evaluate.Kept
	// whole has whether the stack is sound.
	whole evaluate.Store
	save  func() error
}

// open has what is kept of the stack at hand.
func (c *compiler) open(request Request) {
	if c.naive {
		return
	}
	parts, variants := request.parts, request.variants
	var save func() error
	if cache := request.Cache; cache != nil {
		ofVariants, ofParts := cache.Variants(c.module.Root, c.stack.Name), cache.Parts(c.module.Root, c.stack.Name)
		variants, save = ofVariants, ofVariants.Save
		// Only edits have parts looked up. Where the stack was never compiled,
		// there may never be one, as in CI: to keep them takes time.
		if !ofVariants.Empty() {
			parts = ofParts
			save = func() error { return errors.Join(ofVariants.Save(), ofParts.Save()) }
		}
	}
	if variants == nil {
		return
	}
	k := kept{whole: variants, save: save}
	var problem, another error
	k.variants, problem = evaluate.NewKept(variants)
	if parts != nil {
		k.parts, another = evaluate.NewKept(parts)
	}
	if errors.Join(problem, another) == nil {
		c.kept = k
	}
}

// close has the next process find what is new. One that cannot be written is a
// cache that does not get any better.
func (k kept) close() {
	if k.save != nil {
		_ = k.save()
	}
}

// sound tells whether a stack has been seen to be sound, or is seen to be now.
func (k kept) sound(b *load.Builder, look func() bool) bool {
	if k.whole == nil {
		return look()
	}
	content := b.WholeContent()
	if _, sound := k.whole.Get(content); sound {
		return true
	}
	sound := look()
	if sound {
		k.whole.Put(content, nil)
	}
	return sound
}
