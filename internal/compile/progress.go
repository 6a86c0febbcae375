package compile

import "sync"

// Progress tells how far a run is. It may be asked by any goroutine, while the
// run goes on.
type Progress struct {
	mu          sync.Mutex
	stack       string
	done, total int
}

// Now is the stack that is being compiled, and how many of its variants are
// done. There is no stack, and there are no variants, until they are known.
func (p *Progress) Now() (stack string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stack, p.done, p.total
}

// Nobody may have asked for progress: the methods that make it take nil.

func (p *Progress) begin(stack string) {
	p.set(func() { p.stack, p.done, p.total = stack, 0, 0 })
}

func (p *Progress) expect(variants int) {
	p.set(func() { p.total = variants })
}

func (p *Progress) advance() {
	p.set(func() { p.done++ })
}

func (p *Progress) set(change func()) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}
