package policy

import (
	"fmt"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/summary"
)

// violation reports a fault.
func (c *checker) violation(p Policy, h *head, s *subject, f fault) {
	title, span := s.title(h.kind), h.span(p, c.Positions)
	d := diag.Diagnostic{
		Code: diag.CodePolicy, Severity: diag.Error,
		Message: fmt.Sprintf("%s violates the policy %q: %s", title, h.name, f.what),
		Related: []diag.Related{{Span: span, Label: "the policy"}},
		Notes:   append([]string{h.because}, s.describe()...),
	}
	if len(f.path) > 0 {
		d.Message = fmt.Sprintf("%s violates the policy %q: %s %s", title, h.name, cuediag.PathString(f.path), f.what)
	}
	if c.Variant != "" {
		d.Notes = append(d.Notes, "in the variant "+c.Variant)
	}
	if f.absent && h.kind != kindStep && summary.IsInherited(f.path[0]) {
		d.Help = "set it in the stage: what the base image says is not known"
	}
	node := s.view(nil)
	at := find(node, f.path).At
	if s.step != nil && s.step.Origin.Path != "" && at.Origin != s.step.Origin {
		at = node.At // what a step takes from elsewhere is shown where it stands
	}
	d.Span = c.Locate(at.Origin, at.Field)
	c.list = append(c.list, d)
}
