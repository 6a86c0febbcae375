package evaluate

import (
	"strconv"
	"strings"
	"sync"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/diag"
)

// constant is what a field came to that parts refer to. Two of the same number
// are the same.
type constant struct {
	of     *depend.Constant
	once   sync.Once
	datum  datum
	number int64
	ok     bool
}

// outcome is what a unit came to with some constants.
type outcome struct {
	once  sync.Once
	value any
	ok    bool
}

// folded evaluates a unit from what the constants come to that it refers to,
// once for all variants for which they come to the same, however many facts
// those are made of. It is false for what is not clean: that is evaluated
// again, and explained, from what the user wrote.
func folded[T any](f *Filled, u *unit, decode func(cue.Value) (T, diag.List)) (any, bool) {
	var none T
	if !f.ready(u) {
		return nil, false
	}
	constants, key, ok := f.given(u.part)
	for !ok {
		// One of them is no constant after all.
		if u.part, ok = u.take(f.builder.Graph().Folded()); !ok {
			return nil, false
		}
		constants, key, ok = f.given(u.part)
	}
	if guard := u.part.Guard; guard != nil && !f.constant(guard).datum.holds() {
		return none, true
	}
	reads := f.filled(u.part)
	evaluate := func() (any, bool) { return evaluated(f, u, u.part, reads, written(constants), decode) }
	if u.single {
		return evaluate()
	}
	key = u.name + "\x00" + u.part.Shape + f.memo.facts.key(reads, f.variant) + key
	known, ok := f.memo.folded.Load(key)
	if !ok {
		known, _ = f.memo.folded.LoadOrStore(key, &outcome{})
	}
	out := known.(*outcome)
	out.once.Do(func() { out.value, out.ok = evaluate() })
	return out.value, out.ok
}

// filled are the facts that are filled into a part.
func (f *Filled) filled(part depend.Part) []depend.Read {
	if part.Monotonic {
		return part.Reads
	}
	return f.all()
}

// given are the constants of a part, and a key that tells them from others. It
// is false if one turns out to be none.
func (f *Filled) given(part depend.Part) ([]*constant, string, bool) {
	if part.Guard != nil {
		guard := f.constant(part.Guard)
		if guard == nil {
			return nil, "", false
		}
		if !guard.datum.holds() {
			return nil, "", true // nothing will be asked for
		}
	}
	constants := make([]*constant, len(part.Constants))
	var key strings.Builder
	for i, c := range part.Constants {
		if constants[i] = f.constant(c); constants[i] == nil {
			return nil, "", false
		}
		key.WriteString(strconv.FormatInt(constants[i].number, 36) + " ")
	}
	return constants, key.String(), true
}

// written are constants as syntax.
func written(constants []*constant) []depend.Given {
	out := make([]depend.Given, len(constants))
	for i, c := range constants {
		out[i] = depend.Given{Constant: c.of, Value: c.datum.syntax()}
	}
	return out
}

// constant is what a field comes to for the variant, nil if that is no constant.
func (f *Filled) constant(c *depend.Constant) *constant {
	given, key, ok := f.given(c.Part)
	if !ok {
		return nil
	}
	reads := f.filled(c.Part)
	key = c.Key() + "\x00\x00" + c.Part.Shape + f.memo.facts.key(reads, f.variant) + key
	known, ok := f.memo.constants.Load(key)
	if !ok {
		known, _ = f.memo.constants.LoadOrStore(key, &constant{of: c})
	}
	out := known.(*constant)
	out.once.Do(func() {
		if out.datum, out.ok = f.datum(c, reads, written(given)); out.ok {
			// A condition that is no boolean is an error, which is explained elsewhere.
			out.ok = c.Condition == "" || out.datum.kind == cue.BoolKind
			out.number = f.memo.number(out.datum.key)
		}
	})
	if !out.ok {
		f.builder.Graph().Folded().Refuse(c)
		return nil
	}
	return out
}

// datum evaluates a constant. It is false if it is none.
func (f *Filled) datum(c *depend.Constant, reads []depend.Read, given []depend.Given) (datum, bool) {
	facts := f.memo.facts.of(reads, f.variant)
	plain := c.Plain
	for _, fact := range facts {
		plain = plain && fact.Literal != nil
	}
	return newDatum(f.builder.Constant(c, facts, given), plain)
}

// number is the same for what is the same.
func (m *Memo) number(content string) int64 {
	number, ok := m.contents.Load(content)
	if !ok {
		number, _ = m.contents.LoadOrStore(content, m.count.Add(1))
	}
	return number.(int64)
}
