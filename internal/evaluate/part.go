package evaluate

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/diag"
)

// field evaluates a field for a variant. What is not clean is evaluated again
// from the whole stack, and so are its errors explained.
func field[T any](f *Filled, path []string, decode func(cue.Value) (T, diag.List)) (T, diag.List) {
	u := f.unit(strings.Join(path, "."), path, func(g *depend.Graph, besides ...[]string) (depend.Part, bool) {
		return g.Part(append(besides, path)...)
	})
	value, e, ok := attempt(f, u, decode)
	if ok {
		f.set(u.name, e)
		return value, nil
	}
	whole := func() (T, diag.List) { return decode(f.root().LookupPath(u.at)) }
	if e == nil {
		return whole()
	}
	f.set(u.name, e)
	return failed(f, u, whole)
}

// attempt evaluates a unit from as little of the stack, and with as few facts,
// as are enough; once for all variants that have the same facts. CUE is
// monotonic, which is the proof that it can be done: a value that is complete
// stays what it is, whatever else is filled in. The exceptions, which package
// depend knows, get all facts.
func attempt[T any](f *Filled, u *unit, decode func(cue.Value) (T, diag.List)) (T, *result, bool) {
	var value T
	if !u.ok {
		return value, nil, false
	}
	var e *result
	if u.single {
		e = f.memo.newResult()
	} else {
		e = f.memo.result(u.name, f.memo.facts.key(u.reads, f.variant))
	}
	e.once.Do(func() {
		if e.value, e.ok = folded(f, u, decode); !e.ok {
			e.value, e.ok = built(f, u, decode)
		}
		e.reads = u.reads
	})
	value, ok := e.value.(T)
	return value, e, ok && e.ok
}

// built evaluates a unit with the facts that it depends on, and all that it is
// made of. It is false for what is not clean.
func built[T any](f *Filled, u *unit, decode func(cue.Value) (T, diag.List)) (any, bool) {
	part, ok := u.take(f.builder.Graph())
	if !ok || len(u.part.Constants) == 0 && u.part.Guard == nil {
		return nil, false // seen already
	}
	return evaluated(f, u, part, u.reads, nil, decode)
}

// evaluated is what a unit comes to in a part of the stack.
func evaluated[T any](f *Filled, u *unit, part depend.Part, reads []depend.Read, given []depend.Given, decode func(cue.Value) (T, diag.List)) (any, bool) {
	v := f.builder.Part(part, f.memo.facts.of(reads, f.variant), given...).LookupPath(u.at)
	if v.Validate(cue.Concrete(true)) != nil {
		return nil, false
	}
	value, list := decode(v)
	return value, len(list) == 0
}

// failed explains what is wrong with a field, once for all variants that have
// the same values of the axes that it depends on.
func failed[T any](f *Filled, u *unit, whole func() (T, diag.List)) (T, diag.List) {
	var value T
	known, _ := f.memo.explained.LoadOrStore(u.name+"\x00"+f.values(u.reads), &explanation{})
	e := known.(*explanation)
	mine := false
	e.once.Do(func() {
		mine = true
		value, e.list = whole()
		e.broken, e.variant = value, f.variant.String()
	})
	if !mine && len(e.list) == 0 {
		// It fails in the part alone, so this variant is to be seen for itself.
		return whole()
	}
	value, _ = e.broken.(T)
	list := slices.Clone(e.list)
	for i := range list {
		list[i].Notes = slices.Clone(list[i].Notes)
		for k, note := range list[i].Notes {
			if note == inVariant(e.variant) {
				list[i].Notes[k] = inVariant(f.variant.String())
			}
		}
	}
	return value, list
}

func inVariant(name string) string { return "in the variant " + name }
