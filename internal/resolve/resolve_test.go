package resolve

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// stages are the stages of a stack by name.
type stages map[string]dockerfile.Stage

// from is a stage with steps.
func from(base string, instructions ...dockerfile.Instruction) dockerfile.Stage {
	s := dockerfile.Stage{From: base}
	for _, i := range instructions {
		s.Steps = append(s.Steps, dockerfile.Step{Instruction: i})
	}
	return s
}

func run(shell string) dockerfile.Run { return dockerfile.Run{Shell: shell} }

func env(name, value string) dockerfile.Env {
	return dockerfile.Env{Pairs: []dockerfile.Pair{{Name: name, Value: value}}}
}

func copyFrom(stage string, src ...string) dockerfile.Copy {
	return dockerfile.Copy{From: stage, Sources: src, Dest: "/"}
}

func mountFrom(stage, src string) dockerfile.Run {
	return dockerfile.Run{Shell: "x", Mounts: []dockerfile.Mount{{Type: "bind", From: stage, Source: src, Target: "/mnt"}}}
}

func arg(name string, value ...string) dockerfile.Arg {
	a := dockerfile.Arg{Name: name}
	if len(value) > 0 {
		a.Default = &value[0]
	}
	return a
}

// plan has targets, the first of them the default: "runtime" or
// "runtime:linux/amd64,linux/arm64".
func plan(targets ...string) dockerfile.Plan {
	var p dockerfile.Plan
	for _, t := range targets {
		name, platforms, ok := strings.Cut(t, ":")
		target := dockerfile.Target{Stage: name}
		if ok {
			target.Platforms = strings.Split(platforms, ",")
		}
		p.Targets = append(p.Targets, target)
	}
	p.Default = p.Targets[0].Stage
	slices.SortFunc(p.Targets, func(a, b dockerfile.Target) int { return strings.Compare(a.Stage, b.Stage) })
	return p
}

// resolve puts stages together. Spans name the stage, the step and the field.
func resolve(p dockerfile.Plan, all stages) (dockerfile.File, diag.List) {
	return Resolve(Input{
		Plan:   p,
		Stages: slices.Sorted(maps.Keys(all)),
		Stage: func(name string) (dockerfile.Stage, diag.List) {
			s := all[name]
			s.Origin = dockerfile.Origin{Stage: name}
			s.Steps = slices.Clone(s.Steps)
			for i := range s.Steps {
				s.Steps[i].Origin = dockerfile.Origin{Stage: name, Path: fmt.Sprintf("steps[%d]", i)}
			}
			return s, nil
		},
		Locate: func(o dockerfile.Origin, field string) source.Span {
			where := []string{o.Stage, o.Path, field}
			return source.Span{File: strings.Join(slices.DeleteFunc(where, func(s string) bool { return s == "" }), ".")}
		},
	})
}

// mustResolve is the file, as text: a line a stage, with its instructions in
// short.
func mustResolve(t *testing.T, p dockerfile.Plan, all stages) string {
	t.Helper()
	file, list := resolve(p, all)
	if len(list) > 0 {
		t.Fatal(brief(list))
	}
	return text(file)
}

func text(file dockerfile.File) string {
	var lines []string
	for _, s := range file.Stages {
		words := []string{s.Name + ":"}
		for _, step := range s.Steps {
			word := step.Instruction.Keyword()
			if a, ok := step.Instruction.(dockerfile.ArgUse); ok {
				word = "ARG=" + a.Name
			}
			words = append(words, word)
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return strings.Join(lines, "\n")
}

// brief is a line for each finding.
func brief(list diag.List) string {
	var lines []string
	for _, d := range list.Sorted() {
		line := fmt.Sprintf("%s: %s: %s", d.Span, d.Code, d.Message)
		if d.Help != "" {
			line += " (" + d.Help + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// names are the stages in the order in which they are printed.
func names(file dockerfile.File) string {
	var out []string
	for _, s := range file.Stages {
		out = append(out, s.Name)
	}
	return strings.Join(out, " ")
}
