package bake

import (
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
	"stagecue.dev/internal/source"
)

// variant is an image whose target is its only stage, of axes a, b, c ...
func variant(stack *images.Stack, path, from string, change func(*dockerfile.Plan, *dockerfile.Stage)) *images.Variant {
	plan := dockerfile.Plan{Path: path, Targets: []dockerfile.Target{{Stage: "image", Tags: []string{"example.com/" + stack.Name + ":" + strings.ReplaceAll(path, "/", "-")}}}}
	stage := dockerfile.Stage{Name: "image", From: from, Origin: dockerfile.Origin{Stage: "image"}}
	if change != nil {
		change(&plan, &stage)
	}
	file := &dockerfile.File{Args: plan.Args, Stages: []dockerfile.Stage{stage}}
	v := &images.Variant{
		Stack: stack, Path: stack.Name + "/" + path + "/Dockerfile", Plan: plan, Bases: images.Bases(file, plan), Inputs: inputs.Of(file, plan),
		Locate: func(_ dockerfile.Origin, field string) source.Span {
			return source.Span{File: stack.Name + "/" + path + " " + field}
		},
	}
	return v
}

// with gives an image values of axes.
func with(v *images.Variant, values ...dockerfile.Pair) *images.Variant {
	v.Values = values
	return v
}

func stack(name string) *images.Stack {
	return &images.Stack{Name: name, Judge: func([]dockerfile.Pair) ([]diag.Related, string) { return nil, "" }}
}

// run finds the parents of variants.
func run(t testing.TB, variants ...*images.Variant) []images.Image {
	t.Helper()
	all, list := images.Run(images.Input{Variants: variants, Whole: true, Complete: true})
	if len(list) > 0 {
		t.Fatal(list[0])
	}
	return all
}

// file is the file of a stack, or of all.
func file(t testing.TB, in Input) string {
	t.Helper()
	text, list := File(in)
	if len(list) > 0 {
		t.Fatal(list[0].Message, list[0].Notes)
	}
	return text.String()
}
