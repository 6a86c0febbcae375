package load

import (
	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// validate reports what is wrong with a stack before any variant is filled in.
// Values that wait for the variant are incomplete then, which is no error.
func (m *Module) validate(stack *Stack) diag.List {
	if err := stack.Value.Validate(cue.Concrete(false)); err != nil {
		return placed(m.Positions.Convert(err, stack.Value, diag.CodeEvaluation), stack.Dir)
	}
	return nil
}

// placed gives findings without a position the one that is known: a directory
// or a file.
func placed(list diag.List, file string) diag.List {
	for i := range list {
		if !list[i].Span.IsValid() {
			list[i].Span = source.Span{File: file}
		}
	}
	return list
}
