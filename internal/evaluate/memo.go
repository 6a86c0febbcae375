package evaluate

import (
	"sync"
	"sync/atomic"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/matrix"
)

// A Memo keeps what fields of one stack came to, for all evaluators of it. A
// field that reads certain facts only is the same for all variants that have
// the same facts.
type Memo struct {
	// Naive has nothing kept, and everything evaluated from the whole stack. It
	// is there to be compared with.
	Naive bool

	facts   facts
	results sync.Map // of *result, by unit and facts
	// folded are what units came to, by facts and constants; constants are what
	// those came to, and contents number what they can come to.
	folded    sync.Map
	constants sync.Map
	contents  sync.Map
	// needs are those of units, by their names.
	needs sync.Map
	// ranges divide the steps of a stage, by its name.
	ranges sync.Map
	// stages are stages that were put together, by name and facts.
	stages sync.Map
	// explained is what is wrong with units, and places are spans that have been
	// located, by values of axes: two values with the same facts have them in
	// different places.
	explained sync.Map
	places    sync.Map
	// whole is set once something has been evaluated from the whole stack.
	whole atomic.Bool
	// count numbers the results.
	count atomic.Int64
}

// result is what a field came to.
type result struct {
	// number tells it from others. It depends on who comes first, so nothing
	// that is seen may depend on it.
	number int64
	once   sync.Once
	value  any
	// reads are the facts that it was evaluated with.
	reads []depend.Read
	ok    bool
}

// explanation is what is wrong with a field, seen from the whole stack with one
// of the variants.
type explanation struct {
	once    sync.Once
	broken  any
	list    diag.List
	variant string
}

// Whole tells whether something did not come out of a part of the stack alone:
// then the stack itself may be wrong.
func (m *Memo) Whole() bool { return m.whole.Load() }

// single reports whether no two variants have the same values of some facts, so
// that a result that reads them serves one variant only.
func (m *Memo) single(reads []depend.Read) bool { return m.facts.tellAll(reads) }

// NewMemo makes a memo for the variants of a matrix.
func NewMemo(m *matrix.Matrix) *Memo { return &Memo{facts: newFacts(m)} }

func (m *Memo) result(unit, key string) *result {
	key = unit + "\x00" + key
	e, ok := m.results.Load(key)
	if !ok {
		e, _ = m.results.LoadOrStore(key, m.newResult())
	}
	return e.(*result)
}

func (m *Memo) newResult() *result { return &result{number: m.count.Add(1)} }
