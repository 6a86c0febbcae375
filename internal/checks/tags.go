package checks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// Tags finds what is wrong with the tags of a plan and the inputs that they use.
func Tags(plan dockerfile.Plan, locate func(o dockerfile.Origin, field string) source.Span) diag.List {
	t := &tagger{plan: plan, locate: locate, used: map[string]bool{}}
	for _, target := range plan.Targets {
		path := "targets." + dockerfile.FieldName(target.Stage)
		for i, tag := range target.Tags {
			t.tag(tag, fmt.Sprintf("%s.tags[%d]", path, i))
		}
		had := slices.Clone(target.Tags)
		for i, p := range target.Promotions {
			t.tag(p.To, fmt.Sprintf("%s.promote[%d].to", path, i))
			if !slices.Contains(had, p.From) {
				t.report(diag.CodeUnknownTag, fmt.Sprintf("%s.promote[%d].from", path, i),
					fmt.Sprintf("the target %q does not have the tag %s, which it is promoted from", target.Stage, p.From),
					nearest(p.From, had, "give it that tag, or name one that it has"))
			}
			had = append(had, p.To)
		}
	}
	t.inputs()
	return t.list
}

// tagger is the state of one Tags.
type tagger struct {
	plan   dockerfile.Plan
	locate func(o dockerfile.Origin, field string) source.Span
	used   map[string]bool
	list   diag.List
}

// tag checks one image reference. The schema has seen to its form, and package
// images to the repository.
func (t *tagger) tag(ref, field string) {
	_, tag, _ := dockerfile.SplitReference(ref)
	names, ok := dockerfile.TagInputs(tag)
	if !ok {
		t.malformed(tag, field)
		return
	}
	for _, name := range names {
		input := t.input(name)
		if t.used[name] = true; input == nil {
			t.unknown(name, field)
			return
		}
		value := "x" // nobody knows it yet
		if input.Default != nil {
			value = *input.Default
		}
		tag = strings.Replace(tag, "${"+name+"}", value, 1)
	}
	switch {
	case len(tag) > maxTag:
		t.report(diag.CodeInvalidValue, field,
			fmt.Sprintf("the tag of %q has %d characters, and a registry takes %d", ref, len(tag), maxTag), "shorten it")
	case tag != "" && strings.ContainsAny(tag[:1], ".-"):
		t.report(diag.CodeInvalidValue, field,
			fmt.Sprintf("the tag of %q is %q by default, and no tag starts with %q", ref, tag, tag[:1]), "put something before it")
	}
}

// maxTag is how long a tag may be.
// https://pkg.go.dev/github.com/distribution/reference
const maxTag = 128

// malformed reports a dollar sign or a brace.
func (t *tagger) malformed(tag, field string) {
	help := "a tag holds none but those of an input"
	for _, name := range dockerfile.ShellNames(tag) {
		if t.input(name) != nil {
			t.used[name] = true // one finding is enough
			help = fmt.Sprintf("write ${%s}", name)
		}
	}
	t.report(diag.CodeInvalidValue, field, "the tag holds a $, { or } that is not part of ${NAME}", help)
}

func (t *tagger) unknown(name, field string) {
	names := make([]string, len(t.plan.Inputs))
	for i, input := range t.plan.Inputs {
		names[i] = input.Name
	}
	t.used[diag.Nearest(name, names)] = true // what is misspelt is not unused as well
	help := nearest(name, names, fmt.Sprintf("declare it: `inputs: %s: description: \"...\"`", name))
	if slices.ContainsFunc(t.plan.Args, func(a dockerfile.Arg) bool { return a.Name == name }) {
		help = "it is a build argument, which is not known where images are published; declare an input of another name"
	}
	t.report(diag.CodeUnknownInput, field, fmt.Sprintf("the tag uses %q, which is no input", name), help)
}

// unfit finds what a tag cannot hold.
var unfit = regexp.MustCompile(`[^A-Za-z0-9_.-]`)

// inputs checks the inputs themselves.
func (t *tagger) inputs() {
	for _, input := range t.plan.Inputs {
		field := "inputs." + dockerfile.FieldName(input.Name)
		if !t.used[input.Name] {
			t.report(diag.CodeUnusedInput, field,
				fmt.Sprintf("no tag uses the input %q", input.Name), fmt.Sprintf("remove it, or write ${%s} in a tag", input.Name))
		}
		if input.Default != nil && unfit.MatchString(*input.Default) {
			t.report(diag.CodeInvalidValue, field+".default",
				fmt.Sprintf("the default of the input %s is %q, which a tag cannot hold", input.Name, *input.Default),
				fmt.Sprintf("write %q", unfit.ReplaceAllString(*input.Default, "-")))
		}
		if input.Default != nil && slices.Contains(input.Not, *input.Default) {
			t.report(diag.CodeInvalidValue, field+".default",
				fmt.Sprintf("the default of the input %s is %q, which it must not be", input.Name, *input.Default), "choose another one")
		}
		if slices.ContainsFunc(t.plan.Args, func(a dockerfile.Arg) bool { return a.Name == input.Name }) {
			t.report(diag.CodeConflict, field,
				fmt.Sprintf("%q is an input and a build argument", input.Name), "name one of them otherwise: they are set in different places")
			t.list[len(t.list)-1].Related = []diag.Related{{
				Span: t.locate(dockerfile.Origin{}, "args."+dockerfile.FieldName(input.Name)), Label: "the build argument",
			}}
		}
	}
}

func (t *tagger) input(name string) *dockerfile.Input {
	for i := range t.plan.Inputs {
		if t.plan.Inputs[i].Name == name {
			return &t.plan.Inputs[i]
		}
	}
	return nil
}

func (t *tagger) report(code diag.Code, field, message, help string) {
	t.list = append(t.list, diag.Diagnostic{
		Code: code, Severity: diag.Error, Span: t.locate(dockerfile.Origin{}, field), Message: message, Help: help,
	})
}

// nearest is the nearest known name, or what to do instead.
func nearest(name string, known []string, otherwise string) string {
	if help := diag.DidYouMean(name, known); help != "" {
		return help
	}
	return otherwise
}
