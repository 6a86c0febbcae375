package compile

import (
	"stagecue.dev/internal/diag"
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

// validate looks at the stack as a whole, unless it has been seen to be sound.
func (k kept) validate(b *load.Builder) diag.List {
	if k.store == nil {
		return b.Validate()
	}
	content := b.WholeContent()
	if _, sound := k.store.Get(content); sound {
		return nil
	}
	list := b.Validate()
	if len(list) == 0 {
		k.store.Put(content, nil)
	}
	return list
}
