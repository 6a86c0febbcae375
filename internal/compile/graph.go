package compile

import (
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/resolve"
)

// A StageGraph is the stages of one Dockerfile, in order, and its plan.
type StageGraph struct {
	File dockerfile.File
	Plan dockerfile.Plan
}

// Stages puts the stages of a Dockerfile together that the run has compiled
// without errors. Nothing is evaluated again. It is empty for a path of no
// Dockerfile of the run.
func (r *Result) Stages(path string) StageGraph {
	for _, c := range r.compilers {
		for _, o := range c.outputs {
			if o.file.Path != path {
				continue
			}
			filled := c.evaluator.Fill(o.variant)
			plan, _ := filled.Plan() // it was without errors
			file, _ := resolve.Resolve(resolve.Input{
				Plan: plan, Stages: c.evaluator.Stages(), Stage: filled.Stage, Locate: filled.Locate, Memo: &c.resolved,
			})
			return StageGraph{File: file, Plan: plan}
		}
	}
	return StageGraph{}
}
