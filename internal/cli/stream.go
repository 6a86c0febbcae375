package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"syscall"
)

// errUnwritten ends a verb whose output could not be written. Main reports why.
var errUnwritten = errors.New("the output could not be written")

// A stream is standard output or standard error. It remembers the first failure:
// output that got lost is trouble, whether or not the verb looked at the error.
type stream struct {
	to     io.Writer
	mu     sync.Mutex // for failed
	failed error
}

// Write implements io.Writer.
func (s *stream) Write(text []byte) (int, error) {
	if len(text) == 0 {
		return 0, nil
	}
	n, err := s.to.Write(text)
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.failed == nil {
			s.failed = err
		}
		err = errUnwritten
	}
	return n, err
}

// failure is the first error of a write, nil if all was written.
func (s *stream) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

// unwritten is the exit code of a run, whose own code is given, with what became
// of its output. A reader that has gone away, as `head` does, is told nothing.
func unwritten(code int, stdout, stderr *stream) int {
	for _, s := range []struct {
		name string
		err  error
	}{{"standard output", stdout.failure()}, {"standard error", stderr.failure()}} {
		if s.err == nil {
			continue
		}
		code = ExitTrouble
		if !errors.Is(s.err, syscall.EPIPE) {
			why := s.err
			if path := (*fs.PathError)(nil); errors.As(why, &path) {
				why = path.Err
			}
			fmt.Fprintf(stderr, "stagecue: cannot write to %s: %v\n", s.name, why)
		}
	}
	return code
}
