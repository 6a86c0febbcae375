package compile

import (
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/matrix"
)

// missing finds the required fields that a broken stack lacks besides.
func (c *compiler) missing(variants []matrix.Variant) diag.List {
	return c.inAll(variants, func(f *evaluate.Filled) diag.List { return f.Missing() })
}

// unreached finds what is wrong with stages to which faults elsewhere have cut
// the way.
func (c *compiler) unreached(variants []matrix.Variant) diag.List {
	names := c.unusedNames()
	return c.inAll(variants, func(f *evaluate.Filled) diag.List {
		var list diag.List
		for _, name := range names {
			_, found := f.Stage(name)
			list = append(list, found...)
		}
		return list
	})
}

// inAll keeps the findings that are the same in several variants, and so do
// not come from a stage or a field that is not meant for one of them.
func (c *compiler) inAll(variants []matrix.Variant, find func(*evaluate.Filled) diag.List) diag.List {
	e, list := c.newEvaluator(c.checker)
	if len(list) > 0 {
		return nil
	}
	for i, v := range variants[:min(len(variants), maxProbes)] {
		found := find(e.Fill(v))
		if i == 0 {
			list = found
			continue
		}
		list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
			return !slices.ContainsFunc(found, func(other diag.Diagnostic) bool {
				return other.Span == d.Span && other.Message == d.Message
			})
		})
	}
	return list
}

// maxProbes is how many variants of a broken stack are looked at.
const maxProbes = 8
