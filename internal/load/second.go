package load

import "cuelang.org/go/cue/build"

// readSecond has the package read by another goroutine, for Second.
func (s *Stack) readSecond() {
	s.second = make(chan *Builder, 1)
	go func() {
		defer close(s.second)
		// A panic comes again to the one who reports it.
		defer func() { _ = recover() }()
		b := s.Builder()
		b.adopt(s.instance())
		s.second <- b
	}()
}

// Second is a builder that was made ready while the stack was read. It is nil if
// nobody asked for that, or another one has taken it.
func (s *Stack) Second() *Builder {
	if s.second == nil {
		return nil
	}
	return <-s.second
}

// Wait waits until nobody reads the package any more.
func (s *Stack) Wait() { s.Second() }

func (s *Stack) instance() *build.Instance { return s.module.instance("./" + s.Dir) }
