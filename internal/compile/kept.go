package compile

import (
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
)

// kept is what other processes have found out about a stack: nothing where it is
// empty.
type kept struct {
	store     evaluate.Store
	evaluated *evaluate.Kept
	save      func() error
}

// open reads what is kept of the stack.
func (c *compiler) open(request Request) {
	if c.naive {
		return
	}
	k := kept{store: request.store}
	if entries := request.Cache.Stack(c.module.Root, c.stack.Name); entries != nil {
		k.store, k.save = entries, entries.Save
	}
	if k.store == nil {
		return
	}
	var err error
	if k.evaluated, err = evaluate.NewKept(k.store); err == nil {
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
	if k.store == nil {
		return look()
	}
	content := b.WholeContent()
	if _, sound := k.store.Get(content); sound {
		return true
	}
	sound := look()
	if sound {
		k.store.Put(content, nil)
	}
	return sound
}
