package evaluate

import (
	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/matrix"
)

// Entry has entries of rules and guarantees evaluated without the rest of a stack.
func Entry(b Builder) matrix.Entry {
	return func(of []string, chosen []matrix.Chosen) (cue.Value, bool) {
		facts := make([]depend.Fact, len(chosen))
		for i, c := range chosen {
			facts[i] = depend.Fact{Read: depend.Read{Axis: c.Axis}, Value: c.Value}
		}
		return b.Rule(of, facts)
	}
}
