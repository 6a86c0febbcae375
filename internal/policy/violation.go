package policy

import (
	"fmt"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/summary"
)

// violation reports a fault.
func (c *checker) violation(h *head, s *subject, f fault) {
	d := diag.Diagnostic{
		Code: diag.CodePolicy, Severity: diag.Error,
		Message: fmt.Sprintf("%s violates the policy %q: %s", s.title, h.name, f.what),
		Related: []diag.Related{{Span: h.span, Label: "the policy"}},
		Notes:   append([]string{h.because}, s.describe()...),
	}
	if len(f.path) > 0 {
		d.Message = fmt.Sprintf("%s violates the policy %q: %s %s", s.title, h.name, cuediag.PathString(f.path), f.what)
	}
	if c.Variant != "" {
		d.Notes = append(d.Notes, "in the variant "+c.Variant)
	}
	if f.absent && h.kind != kindStep && summary.IsInherited(f.path[0]) {
		d.Help = "set it in the stage: what the base image says is not known"
	}
	at := find(s.node, f.path).At
	if own := s.node.At; s.own.Path != "" && at.Origin != s.own {
		at = own
	}
	d.Span = c.Locate(at.Origin, at.Field)
	c.list = append(c.list, d)
}
