package dockerfile

import (
	"errors"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// lineError is a difference at a line of the text.
type lineError struct {
	error
	line int
}

func (e *lineError) Unwrap() error { return e.error }

// atLine says where an error is, unless it says so itself: the innermost line
// is the nearest.
func atLine(at []parser.Range, err error) error {
	if len(at) == 0 || LineOf(err) > 0 {
		return err
	}
	return &lineError{error: err, line: at[0].Start.Line}
}

// LineOf is the line of the text that an error of Verify's is about, counted
// from 1; 0 if it is about no line in particular.
func LineOf(err error) int {
	var own *lineError
	if errors.As(err, &own) {
		return own.line
	}
	var theirs *parser.LocationError
	if errors.As(err, &theirs) && len(theirs.Locations) > 0 && len(theirs.Locations[0]) > 0 {
		return theirs.Locations[0][0].Start.Line
	}
	return 0
}
