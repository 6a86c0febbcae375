package report

import (
	"encoding/json"
	"io"

	"stagecue.dev/internal/diag"
)

// document is the JSON form of a run's findings. Fields may be added; those
// that are there keep their meaning as long as version is the same.
type document struct {
	Version  int               `json:"version"`
	Findings []diag.Diagnostic `json:"findings"`
	// More is the number of findings beyond --max-findings.
	More int `json:"more,omitempty"`
}

func writeJSON(w io.Writer, list diag.List, left int, o Options) error {
	doc := document{Version: 1, Findings: []diag.Diagnostic{}, More: left}
	for _, d := range list {
		d.Span = o.relative(d.Span)
		related := make([]diag.Related, 0, len(d.Related))
		for _, r := range d.Related {
			related = append(related, diag.Related{Span: o.relative(r.Span), Label: r.Label})
		}
		d.Related = related
		doc.Findings = append(doc.Findings, d)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}
