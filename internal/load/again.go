package load

import "cuelang.org/go/cue/build"

// readAgain has the package read by another goroutine.
func (s *Stack) readAgain() {
	s.again = make(chan *build.Instance, 1)
	go func() {
		defer close(s.again)
		// A panic comes again to the one who reports it.
		defer func() { _ = recover() }()
		s.again <- s.instance()
	}()
}

// Wait waits until nobody reads the package any more.
func (s *Stack) Wait() {
	if s.again != nil {
		<-s.again
	}
}

func (s *Stack) instance() *build.Instance { return s.module.instance("./" + s.Dir) }

// next is the package for one more builder: each changes the syntax for a moment.
func (s *Stack) next() *build.Instance {
	if read := s.read.Swap(nil); read != nil {
		return read
	}
	if s.again != nil {
		if read := <-s.again; read != nil {
			return read
		}
	}
	return s.instance()
}
