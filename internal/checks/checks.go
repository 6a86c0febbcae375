// Package checks finds what is wrong with a Dockerfile that BuildKit would
// read as it is meant: instructions that must fail, that leak, or that cost
// more than they need. It works on plain data.
package checks

import (
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/summary"
)

// Input is what is checked.
type Input struct {
	File    *dockerfile.File
	Summary *summary.Summary
	// Locate finds the place of a field. It is called for findings only.
	Locate func(o dockerfile.Origin, field string) source.Span
}

// Run returns all findings, in no certain order.
func Run(in Input) diag.List {
	c := &checker{Input: in}
	c.destinations()
	c.scratch()
	c.secrets()
	c.caches()
	c.layers()
	c.images()
	c.early()
	return c.list
}

// checker is the state of one Run.
type checker struct {
	Input
	list diag.List
}

// report adds a finding about a field of a step or stage.
func (c *checker) report(code diag.Code, severity diag.Severity, at summary.Place, message, help string, related ...diag.Related) {
	c.list = append(c.list, diag.Diagnostic{
		Code: code, Severity: severity, Span: c.at(at), Message: message, Help: help, Related: related,
	})
}

func (c *checker) at(p summary.Place) source.Span { return c.Locate(p.Origin, p.Field) }

// steps visits all steps of the file, in order.
func (c *checker) steps(visit func(s dockerfile.Stage, step dockerfile.Step)) {
	for _, s := range c.File.Stages {
		for _, step := range s.Steps {
			visit(s, step)
		}
	}
}
