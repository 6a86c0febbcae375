package compile

import (
	"context"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/resolve"
)

// A StageGraph is the stages of one Dockerfile, in order, and its plan.
type StageGraph struct {
	File dockerfile.File
	Plan dockerfile.Plan
}

// Stages resolves the stages of a Dockerfile that Run has compiled without
// errors. Of other variants, no more is evaluated than where their Dockerfiles
// are.
func Stages(ctx context.Context, module *load.Module, of File) (StageGraph, diag.List) {
	stacks, list := module.Load([]string{of.Stack})
	if list.Errors() > 0 {
		return StageGraph{}, list.Sorted()
	}
	c := &compiler{module: module, stack: stacks[0]}
	variants, evaluator, list := c.sequential()
	if list.Errors() > 0 {
		return StageGraph{}, list.Sorted()
	}
	for _, v := range variants {
		if v.String() != of.Variant {
			continue
		}
		filled := evaluator.Fill(v)
		plan, list := filled.Plan()
		if len(list) > 0 {
			return StageGraph{}, list.Sorted()
		}
		file, list := resolve.Resolve(resolve.Input{
			Plan: plan, Stages: evaluator.Stages(), Stage: filled.Stage, Locate: filled.Locate, Memo: &c.resolved,
		})
		return StageGraph{File: file, Plan: plan}, list.Sorted()
	}
	// The sources have changed since Run has read them.
	return StageGraph{}, diag.List{{
		Code: diag.CodeIO, Severity: diag.Error, Message: "the stack " + of.Stack + " has changed while it was read",
		Help: "run the command again",
	}}
}
