package compile

import (
	"sync"

	"stagecue.dev/internal/load"
)

// validate looks at the stack as a whole, once something is wrong.
func (c *compiler) validate() {
	c.checker = c.stack.Builder()
	c.validated = sync.OnceFunc(func() {
		defer func() {
			if failure := recover(); failure != nil {
				c.broken = append(c.broken, c.failed("", failure))
			}
		}()
		c.broken = c.checker.Validate()
	})
}

// sound looks at the stack as a whole, and tells whether there is any point in
// going on.
func (c *compiler) sound() bool {
	c.validated()
	return len(c.broken) == 0
}

// restSound tells whether nothing is wrong with a stack of which variants have
// come out right: with what they are not made of.
func (c *compiler) restSound(b *load.Builder) bool {
	if c.naive {
		return c.sound()
	}
	reached := func(stage string) bool {
		_, ok := c.reached.Load(stage)
		return ok
	}
	return b.RestSound(reached) || c.sound()
}
