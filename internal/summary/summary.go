// Package summary works out what the images of a Dockerfile will be like: for
// each target, stage and step the facts that follow from the instructions, and
// from those of the stages below. It knows nothing of what images of others
// hold: what they decide is left open.
package summary

import (
	"slices"

	"stagecue.dev/internal/dockerfile"
)

// A Summary describes one Dockerfile. Where a base depends on the platform, a
// target or stage is described once for each group of platforms on which it is
// the same.
type Summary struct {
	// Targets are sorted by name.
	Targets []Target
	// Stages are in the order of the file, those of one name beside each other.
	Stages []*Stage
}

// A Place is where a fact comes from: a field of what an Origin names.
type Place struct {
	Origin dockerfile.Origin
	Field  string
}

// A Target is what is built.
type Target struct {
	Name        string
	Default     bool
	Description string
	Tags        []string
	// Platforms are those that the target declares.
	Platforms []string
	// Of are the platforms that this description is for; nil for all.
	Of []string
	// Stage is the stage that is built.
	Stage *Stage
	// Images are all that the build reads, each once.
	Images []Image
}

// A Stage is a stage at its end.
type Stage struct {
	Name        string
	Description string
	// From is the base as it is written, Platform is FROM's --platform.
	From, Platform string
	// Of are the platforms that this description is for; nil for all.
	Of []string
	// Chain are the stages from the lowest to this one.
	Chain []string
	// Base is what the lowest stage is FROM: an image, a named context or
	// "scratch".
	Base Image
	// Images are those that the stage itself reads.
	Images []Image
	Config Config
	// Layers are those that the stages of the chain add to the base.
	Layers int
	// Steps are the stage's own.
	Steps  []Step
	Origin dockerfile.Origin
	// empty is whether nothing is in the file system at its end.
	empty bool
}

// An Image is a reference to an image of others.
type Image struct {
	Ref string
	At  Place
}

// A Step is an instruction with what holds where it stands.
type Step struct {
	*dockerfile.Step
	Stage string
	// User and Workdir are in effect for the step; of USER and WORKDIR, they
	// are what the step itself sets. Steps share them.
	User, Workdir *Text
	// Empty is whether nothing is in the file system before the step.
	Empty bool
}

// New describes a resolved file.
func New(file *dockerfile.File, plan dockerfile.Plan) *Summary {
	n := len(file.Stages)
	b := &builder{file: file, plan: plan, stages: make(map[key]*Stage, n), order: make(map[string][]string, n)}
	out := &Summary{Stages: make([]*Stage, 0, n)}
	for _, t := range plan.Targets {
		out.Targets = append(out.Targets, b.targets(t)...)
	}
	for _, s := range file.Stages {
		out.Stages = b.group(out.Stages, s.Name)
	}
	return out
}

// builder is the state of one New.
type builder struct {
	file *dockerfile.File
	plan dockerfile.Plan
	// stages are those described already, in order for each name.
	stages map[key]*Stage
	// order are the platforms of each stage, in the order in which it was
	// described for them.
	order map[string][]string
}

// key is a stage on a platform, "" where no target declares one.
type key struct{ stage, platform string }

// targets describes a target on all of its platforms.
func (b *builder) targets(t dockerfile.Target) []Target {
	var out []Target
	for _, p := range platforms(t) {
		d := Target{
			Name: t.Stage, Default: t.Stage == b.file.Default, Description: t.Description, Tags: t.Tags, Platforms: t.Platforms,
			Of: []string{p}, Stage: b.stage(t.Stage, p), Images: b.reads(t.Stage, p),
		}
		i := slices.IndexFunc(out, func(o Target) bool { return same(o.Stage, d.Stage) && sameImages(o.Images, d.Images) })
		if i >= 0 {
			out[i].Of = append(out[i].Of, p)
			continue
		}
		out = append(out, d)
	}
	if len(out) == 1 {
		out[0].Of = nil
	}
	return out
}

// group adds the descriptions of a stage, those that are the same put together.
func (b *builder) group(to []*Stage, name string) []*Stage {
	platforms := b.order[name]
	if len(platforms) == 1 {
		return append(to, b.stages[key{name, platforms[0]}])
	}
	var out []*Stage
	for _, platform := range platforms {
		s := b.stages[key{name, platform}]
		i := slices.IndexFunc(out, func(o *Stage) bool { return same(o, s) })
		if i >= 0 {
			out[i].Of = append(out[i].Of, platform)
			continue
		}
		one := *s
		one.Of = []string{platform}
		out = append(out, &one)
	}
	if len(out) == 1 {
		out[0].Of = nil
	}
	return append(to, out...)
}

// same tells whether descriptions of one stage are the same: what platforms
// change is the base alone.
func same(a, b *Stage) bool { return a.Base.Ref == b.Base.Ref && slices.Equal(a.Chain, b.Chain) }

func sameImages(a, b []Image) bool {
	return slices.EqualFunc(a, b, func(x, y Image) bool { return x.Ref == y.Ref })
}

func platforms(t dockerfile.Target) []string {
	if len(t.Platforms) == 0 {
		return []string{""}
	}
	return t.Platforms
}
