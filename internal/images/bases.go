package images

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// A Base is an image that a stage is built from, or takes files of.
type Base struct {
	Stage string
	// Use is what the stage does with it, for people: "is built from".
	Use string
	// From is what the stage says, Ref that with the defaults of build
	// arguments. Ref is empty if it is no image.
	From, Ref string
	// Origin and Field are where From stands.
	Origin dockerfile.Origin
	Field  string
	// Platform is the --platform of a FROM, or empty.
	Platform string
	// Open is whether a build argument decides about the tag.
	Open   bool
	Parent *dockerfile.Parent
}

// builtFrom is the Use of a base that a FROM names.
const builtFrom = "is built from"

// Bases are the images that the stages of a file are built from and take files
// of, and stages that say something of a parent and have none.
func Bases(file *dockerfile.File, plan dockerfile.Plan) []Base {
	var out []Base
	for _, s := range file.Stages {
		// Most stages are built from others.
		if s.Parent != nil || IsImage(s.From) || strings.Contains(s.From, "$") {
			out = appendBases(out, s, plan)
		}
		out = appendCopied(out, s)
	}
	return out
}

// IsImage tells an image from a stage, a context or scratch: it has a tag or a
// digest.
func IsImage(ref string) bool { return strings.ContainsAny(ref, ":@") }

func appendBases(out []Base, s dockerfile.Stage, plan dockerfile.Plan) []Base {
	found := false
	for _, b := range basesOf(s, plan) {
		if IsImage(b.Ref) && !slices.Contains(out, b) {
			out, found = append(out, b), true
		}
	}
	if !found && s.Parent != nil {
		out = append(out, base(s))
	}
	return out
}

func base(s dockerfile.Stage) Base {
	return Base{Stage: s.Name, Use: builtFrom, From: s.From, Platform: s.Platform, Origin: dockerfile.Origin{Stage: s.Name}, Field: "from", Parent: s.Parent}
}

// basesOf is what a stage is built from: one thing, or one for each platform.
func basesOf(s dockerfile.Stage, plan dockerfile.Plan) []Base {
	base := base(s)
	if base.Ref = s.From; !strings.Contains(s.From, "$") {
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
		if value, ok := dockerfile.DefaultArg(plan.Args, name); ok {
			return mark + value, true
		}
		return dockerfile.PlatformArg(name, platform)
	})
}
