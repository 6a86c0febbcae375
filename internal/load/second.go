package load

import "cuelang.org/go/cue/build"

// readTwice reads the package for the first builder, and for a second one. Whoever
// does the latter helps with the former.
func (s *Stack) readTwice() *build.Instance {
	files := s.module.newParsing(s.Dir)
	defer files.stop()
	s.second = make(chan *Builder, 1)
	go func() {
		defer close(s.second)
		// A panic comes again to the one who reports it.
		defer func() { _ = recover() }()
		files.work()
		b := s.Builder()
		b.adopt(s.instance())
		s.second <- b
	}()
	return s.module.instanceBy("./"+s.Dir, files.parse)
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
