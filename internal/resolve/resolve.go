// Package resolve puts the stages that a plan's targets reach together to one
// Dockerfile: references, order, build arguments, exports. It works on plain
// data alone.
package resolve

import (
	"fmt"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// Input is what a Dockerfile is made of.
type Input struct {
	Plan dockerfile.Plan
	// Stages are the names of all stages of the stack, sorted.
	Stages []string
	// Stage decodes one of them. It is called once for each stage that is reached.
	Stage func(name string) (dockerfile.Stage, diag.List)
	// Locate finds the place of a field of a step, of a stage, or (with an
	// Origin of no stage) of the plan. It is called for diagnostics only.
	Locate func(o dockerfile.Origin, field string) source.Span
	// Memo keeps what Dockerfiles of the stack have in common; nil, nothing is.
	Memo *Memo
}

// resolver is the state of one Resolve.
type resolver struct {
	Input
	reached map[string]*node
	// used are the build arguments, and with "context " before them the named
	// contexts, that something uses.
	used map[string]bool
	list diag.List
}

// node is a stage that was reached.
type node struct {
	stage dockerfile.Stage
	// edges lead to other stages, in the order of the steps.
	edges []edge
	// onImage is whether the stage is FROM something else than a stage, on one
	// platform at least.
	onImage bool
	// declared is the stage with its build arguments, once it has its turn.
	declared *declared
}

// edge is a reference to another stage.
type edge struct {
	to    string
	field string
	from  dockerfile.Origin
	// base marks the stage's own FROM: environment and arguments come along.
	base bool
}

// Resolve returns the Dockerfile, whose header is left to the caller, or what
// stands in its way.
func Resolve(in Input) (dockerfile.File, diag.List) {
	r := &resolver{Input: in, reached: map[string]*node{}, used: map[string]bool{}}
	r.targets()
	if len(r.list) > 0 {
		return dockerfile.File{}, r.list
	}
	r.close()
	if len(r.list) > 0 {
		return dockerfile.File{}, r.list
	}
	order, ok := r.order()
	if !ok {
		return dockerfile.File{}, r.list
	}
	file := dockerfile.File{
		Syntax:  in.Plan.Syntax,
		Check:   in.Plan.Check,
		Args:    in.Plan.Args,
		Default: r.defaultStage(),
		Stages:  make([]dockerfile.Stage, 0, len(order)),
	}
	for _, name := range order {
		r.exports(name)
		file.Stages = append(file.Stages, r.declareArgs(name))
	}
	r.unused()
	return file, r.list
}

// defaultStage is the stage that plain `docker build` is to build.
func (r *resolver) defaultStage() string {
	if r.Plan.Default == "" {
		return r.Plan.Targets[0].Stage
	}
	return r.Plan.Default
}

// targets checks that targets are stages and that the default is a target.
func (r *resolver) targets() {
	var names []string
	for _, t := range r.Plan.Targets {
		names = append(names, t.Stage)
		if !slices.Contains(r.Stages, t.Stage) {
			r.report(diag.CodeUnknownTarget, dockerfile.Origin{}, "targets."+label(t.Stage),
				fmt.Sprintf("the target %q is no stage", t.Stage), suggest(t.Stage, r.Stages, "the stages are "))
		}
	}
	switch {
	case r.Plan.Default == "" && len(names) > 1:
		r.report(diag.CodeUnknownTarget, dockerfile.Origin{}, "",
			fmt.Sprintf("there are %d targets, and none of them is the default", len(names)),
			"say `default: \"...\"`: it is what plain `docker build` builds")
	case r.Plan.Default != "" && !slices.Contains(names, r.Plan.Default):
		r.report(diag.CodeUnknownTarget, dockerfile.Origin{}, "default",
			fmt.Sprintf("the default %q is none of the targets", r.Plan.Default), suggest(r.Plan.Default, names, "the targets are "))
	}
}

// unused reports arguments and contexts that are declared for nothing.
func (r *resolver) unused() {
	for _, a := range r.Plan.Args {
		if !r.used[a.Name] {
			r.report(diag.CodeUnusedArg, dockerfile.Origin{}, "args."+label(a.Name),
				fmt.Sprintf("nothing uses the build argument %q", a.Name),
				"remove it, or name it in `uses` of the run that reads it unseen")
		}
	}
	for _, c := range r.Plan.Contexts {
		if !r.used["context "+c] {
			r.report(diag.CodeUnusedContext, dockerfile.Origin{}, "contexts."+label(c),
				fmt.Sprintf("nothing uses the named context %q", c), "remove it")
		}
	}
}

func (r *resolver) report(code diag.Code, o dockerfile.Origin, field, message, help string) {
	r.list = append(r.list, diag.Diagnostic{
		Code: code, Severity: diag.Error, Span: r.Locate(o, field), Message: message, Help: help,
	})
}
