package matrix

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue/errors"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// failures are what keeps a constraint from being worked out, for each choice of
// the values that it reads.
type failures struct {
	*constraint
	choices []failure
}

// failure is what is wrong for one choice.
type failure struct {
	values string
	list   diag.List
	// null is whether all of it comes of facts that are null.
	null bool
}

// add notes a choice, with or without errors.
func (f *failures) add(at Combination, failed []error) {
	choice := failure{null: true}
	var values []string
	for _, i := range f.Reads {
		axis := f.m.Axes[i]
		values = append(values, axis.Name+"="+axis.Values[at[i]].Name)
	}
	choice.values = strings.Join(values, " ")
	for _, err := range failed {
		// With all axes filled in, the axes that there are can be named.
		choice.list = append(choice.list, f.m.positions.Convert(err, f.m.fill(f.m.all(), at), diag.CodeEvaluation)...)
		choice.null = choice.null && ofNull(err)
	}
	f.choices = append(f.choices, choice)
}

// ofNull reports whether an error comes of a fact that is null: what does not
// apply to a value is null there, and null meets no constraint.
func ofNull(err error) bool {
	for _, e := range errors.Errors(err) {
		format, args := e.Msg()
		if !strings.Contains(fmt.Sprintf(format, args...), "null") {
			return false
		}
	}
	return true
}

// findings are the errors of the constraint. A lookup that fails for one value is
// one: to go on would be to guess. What fails on null does not apply to that
// value; it is an error if that is so for all of them.
func (f *failures) findings() diag.List {
	type key struct {
		code    diag.Code
		span    source.Span
		message string
	}
	values := map[key][]string{}
	var order []diag.Diagnostic
	every := !slices.ContainsFunc(f.choices, func(c failure) bool { return len(c.list) == 0 })
	for _, c := range f.choices {
		if c.null && !every {
			continue
		}
		for _, d := range c.list.Sorted() {
			k := key{d.Code, d.Span, d.Message}
			if values[k] == nil {
				order = append(order, d)
			}
			values[k] = append(values[k], c.values)
		}
	}
	var out diag.List
	for _, d := range order {
		failing := values[key{d.Code, d.Span, d.Message}]
		allNull := !slices.ContainsFunc(f.choices, func(c failure) bool { return !c.null })
		if every && allNull && len(failing) < len(f.choices) {
			continue // another choice has another reason
		}
		if len(f.Reads) > 0 && len(failing) < len(f.choices) {
			d.Notes = append(d.Notes, fmt.Sprintf("in %s, for %s", f.named(), strings.Join(failing, ", ")))
		}
		out = append(out, d)
	}
	return out
}

// named is the rule or guarantee that the constraint is part of.
func (f *failures) named() string {
	selectors := f.path.Selectors()
	return fmt.Sprintf("the %s %q", strings.TrimSuffix(selectors[0].Unquoted(), "s"), selectors[1].Unquoted())
}
