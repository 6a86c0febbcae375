package load

import (
	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
)

// validate reports what is wrong with a stack before any variant is filled in.
// Values that wait for the variant are incomplete then, which is no error.
func (m *Module) validate(stack *Stack) diag.List {
	if err := stack.Value.Validate(cue.Concrete(false)); err != nil {
		return m.Positions.Convert(err, stack.Value, diag.CodeEvaluation)
	}
	return nil
}
