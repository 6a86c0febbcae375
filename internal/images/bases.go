package images

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// A Base is an image that a stage is built from.
type Base struct {
	Stage string
	// From is what the stage says, Ref that with the defaults of build
	// arguments. Ref is empty if it is no image.
	From, Ref string
	// Open is whether a build argument decides about the tag.
	Open   bool
	Parent *dockerfile.Parent
}

// Bases are the images that the stages of a file are built from, and stages that
// say something of a parent and have none.
func Bases(file *dockerfile.File, plan dockerfile.Plan) []Base {
	var out []Base
	for _, s := range file.Stages {
		if s.Parent == nil && !strings.ContainsAny(s.From, "$:@") {
			continue // most stages are built from others
		}
		found := false
		for _, b := range basesOf(s, plan) {
			// What is no stage, context or scratch has a tag or a digest.
			if strings.ContainsAny(b.Ref, ":@") && !slices.Contains(out, b) {
				out, found = append(out, b), true
			}
		}
		if !found && s.Parent != nil {
			out = append(out, Base{Stage: s.Name, From: s.From, Parent: s.Parent})
		}
	}
	return out
}

// basesOf is what a stage is built from: one thing, or one for each platform.
func basesOf(s dockerfile.Stage, plan dockerfile.Plan) []Base {
	base := Base{Stage: s.Name, From: s.From, Ref: s.From, Parent: s.Parent}
	if !strings.Contains(s.From, "$") {
		return []Base{base}
	}
	var out []Base
	for _, platform := range platforms(s.From, plan) {
		b := base
		var ok bool
		if b.Ref, ok = expand(s.From, plan, platform, ""); !ok {
			continue
		}
		_, tag, _ := dockerfile.SplitReference(b.Ref)
		marked, _ := expand(s.From, plan, platform, "\x00")
		b.Open = !strings.HasSuffix(marked, ":"+tag)
		out = append(out, b)
	}
	return out
}

// platforms are those that a base may differ for.
func platforms(from string, plan dockerfile.Plan) []string {
	parts, err := dockerfile.ParseWord(from)
	if err != nil || !slices.ContainsFunc(dockerfile.Names(parts), dockerfile.IsPlatformArg) {
		return []string{""}
	}
	var out []string
	for _, t := range plan.Targets {
		out = append(out, t.Platforms...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// expand fills in what a platform decides, and the defaults of build arguments,
// each with a mark before it.
func expand(from string, plan dockerfile.Plan, platform, mark string) (string, bool) {
	return dockerfile.Expand(from, func(name string) (string, bool) {
		for _, a := range plan.Args {
			if a.Name == name && a.Default != nil {
				return mark + *a.Default, true
			}
		}
		for _, p := range dockerfile.PlatformArgs(platform) {
			if p.Name == name {
				return p.Value, true
			}
		}
		return "", false
	})
}
