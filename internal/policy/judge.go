package policy

import (
	"fmt"
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/errors"

	"stagecue.dev/internal/summary"
)

// judge holds subjects against one policy.
type judge struct {
	Policy
	head *head
	// want are the arms of the constraint, when those of the condition: nil
	// where there is none. They are read when they are needed.
	want, when []cue.Value
	// both is the constraint and the condition in one, where that comes to the
	// same: neither is a choice, and the condition settles nothing but strings.
	both cue.Value
	ctx  *cue.Context
}

// read has CUE evaluate the policy.
func (j *judge) read() {
	v := j.Value()
	j.ctx = v.Context()
	j.want, j.when = choice(v.LookupPath(field(j.head.kind))), choice(v.LookupPath(field(fieldWhen)))
	if j.head.plain && len(j.want) == 1 && len(j.when) == 1 {
		j.both = j.want[0].Unify(j.when[0])
	}
}

func (j *judge) judge(n summary.Node) verdict {
	if j.ctx == nil {
		j.read()
	}
	view := j.ctx.Encode(n.Value())
	if j.both.Exists() && isInstance(j.both.Unify(view), view) {
		return verdict{applies: true}
	}
	if j.when != nil {
		if faults, failed := compare(j.when, n, view); len(faults)+len(failed) > 0 {
			return verdict{failed: failed}
		}
	}
	faults, failed := compare(j.want, n, view)
	return verdict{applies: true, faults: faults, failed: failed}
}

// isInstance tells whether a view is an instance of a constraint, given what the
// two come to together: the view itself, with nothing added that it lacks, and
// nothing in it that contradicts the constraint or is left open.
func isInstance(together, view cue.Value) bool { return together.Equals(view) }

// compare finds what keeps a subject from being an instance of a constraint,
// which is a choice of arms.
func compare(want []cue.Value, n summary.Node, view cue.Value) ([]fault, []errors.Error) {
	var all []errors.Error
	for _, arm := range want {
		faults, errs := compareArm(arm, n, view)
		if len(want) == 1 || len(faults) == 0 && len(errs) == 0 {
			return faults, errs
		}
		all = append(all, errs...)
	}
	if len(all) > 0 {
		return nil, all
	}
	return []fault{{what: "it fits none of the alternatives"}}, nil
}

// compareArm finds that the two contradict each other, or that a fact is wanted
// that the subject does not have. What CUE cannot work out is returned beside.
func compareArm(want cue.Value, n summary.Node, view cue.Value) ([]fault, []errors.Error) {
	together := want.Unify(view)
	if isInstance(together, view) {
		return nil, nil
	}
	c := &comparison{}
	c.compare(together, n, nil)
	return c.faults, c.failed
}

// comparison goes through a view and what it came to with a constraint, side by
// side. The paths of CUE's errors would not do: a value that is shared has the
// path of where it is defined.
type comparison struct {
	faults []fault
	failed []errors.Error
}

func (c *comparison) compare(v cue.Value, n summary.Node, path []string) {
	before := len(c.faults) + len(c.failed)
	switch {
	case n.List:
		// A list with an error in it cannot be listed.
		for i, item := range n.Items {
			c.compare(v.LookupPath(cue.MakePath(cue.Index(i))), item, extend(path, fmt.Sprint(i)))
		}
	case n.Data == nil:
		fields, err := v.Fields()
		for err == nil && fields.Next() {
			sel := fields.Selector()
			at := extend(path, sel.String())
			if inner, ok := n.Field(sel.Unquoted()); ok {
				c.compare(fields.Value(), inner, at)
			} else {
				c.absent(fields.Value(), at)
			}
		}
	}
	if len(c.faults)+len(c.failed) == before {
		c.errors(v, n, path)
	}
}

// absent notes a fact that is wanted and is not there. One that no view can have
// is a mistake in the policy.
func (c *comparison) absent(v cue.Value, path []string) {
	for _, e := range errors.Errors(v.Err()) {
		if format, _ := e.Msg(); format == "field not allowed" {
			c.failed = append(c.failed, e)
			return
		}
	}
	c.faults = append(c.faults, fault{path: path, what: "is not set", absent: true})
}

// errors notes what is wrong with a value in which nothing else is.
func (c *comparison) errors(v cue.Value, n summary.Node, path []string) {
	for _, group := range arms(errors.Errors(v.Validate(cue.Concrete(true)))) {
		what, ok := contradiction(group, n)
		if !ok {
			c.failed = append(c.failed, group...)
			continue
		}
		c.faults = append(c.faults, fault{path: path, what: what})
	}
}

func extend(path []string, name string) []string { return append(slices.Clone(path), name) }
