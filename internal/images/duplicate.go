package images

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
)

// duplicate reports a tag that is claimed twice.
func (f *finder) duplicate(ref string, first, second claim) {
	a, b := f.Variants[first.variant], f.Variants[second.variant]
	if f.enough(alike{diag.CodeDuplicateTag, b.Stack.Name, f.target(second.publisher).Stage}) {
		return
	}
	d := diag.Diagnostic{
		Code: diag.CodeDuplicateTag, Severity: diag.Error, Span: f.span(second),
		Message: fmt.Sprintf("two images have the tag %s", ref),
	}
	switch {
	case first.publisher == second.publisher:
		d.Message = fmt.Sprintf("the target %q is given the tag %s twice", f.target(first.publisher).Stage, ref)
		d.Help = "remove one of the two"
	case a.Stack != b.Stack:
		d.Help = "choose another tag in one of the stacks"
	case first.variant == second.variant:
		d.Help = "give each target a tag of its own"
	default:
		var axes []string
		for i, value := range a.Values {
			if b.Values[i] != value {
				axes = append(axes, fmt.Sprintf("\\(variant.%s.id)", value.Name))
			}
		}
		d.Help = "let the tag tell them apart: by " + strings.Join(axes, ", ")
	}
	if first.publisher != second.publisher {
		d.Notes = slices.Compact([]string{f.image(first.publisher), f.image(second.publisher)})
	}
	if span := f.span(first); span != d.Span {
		d.Related = append(d.Related, diag.Related{Span: span, Label: "it is given here first"})
	}
	f.list = append(f.list, d)
}
