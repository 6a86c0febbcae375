// Package images knows the images that the Dockerfiles of a run come to: the
// tags under which they are published, which of them are built from which, and
// in what order. It works on plain data, once all variants are compiled.
package images

import (
	"cmp"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/inputs"
	"stagecue.dev/internal/source"
)

// A Variant is a compiled Dockerfile.
type Variant struct {
	Stack *Stack
	// Name lists the values of the axes: "os=debian12 cuda=13".
	Name string
	// Values are those of the axes, in the order that all variants of the stack
	// have in common.
	Values []dockerfile.Pair
	// Path is that of the Dockerfile, below generated/.
	Path  string
	Plan  dockerfile.Plan
	Bases []Base
	// Inputs are what its build reads.
	Inputs inputs.Inputs
	// Digest is that of the text of the Dockerfile: "sha256:...". It is empty if
	// there are errors.
	Digest string
	// StageDigests are those of the texts of the stages, in the order of the file.
	StageDigests []string
	// Built are further facts of what is built, in the order of the plan's targets.
	Built []Built
	// Locate finds the place of a field. It is called for findings only.
	Locate func(o dockerfile.Origin, field string) source.Span
}

// A Stack is what is to be known of the stack of a variant.
type Stack struct {
	Name string
	// Dir is where its files are, below the module's root.
	Dir string
	// Facts are those of a value of an axis, as JSON; nil where there are none.
	Facts func(axis, value string) []byte
	// Judge says why there is no variant with some values, which are one for
	// each axis: the rules that reject it, or a note. It returns neither if
	// there is one.
	Judge func(values []dockerfile.Pair) (rules []diag.Related, note string)
}

// Built is what the instructions say of the image of a target.
type Built struct {
	// Base is the image that it is built from, empty if that is none.
	Base string
	// Labels are the names of those that it has.
	Labels []string
	// Entitlements are what its build must be allowed to do: "network.host",
	// "security.insecure", "device".
	Entitlements []string
}

// Input is what is known of a run.
type Input struct {
	Variants []*Variant
	// Whole is whether all variants of the stacks are there. If they are not,
	// nothing is said about parents.
	Whole bool
	// Complete is whether all stacks of the module are.
	Complete bool
}

// An Image is what is built from one Dockerfile.
type Image struct {
	*Variant
	// Parents are the images of the run that its stages are built from, or take
	// files of.
	Parents []Parent
}

// A Parent is an image that a stage is built from, or takes files of.
type Parent struct {
	// Stage is the one that does, From what it says, and Ref that with the
	// defaults of build arguments.
	Stage, From, Ref string
	// Platform is the --platform of a FROM, empty for that of the target.
	Platform string
	// Path is that of the parent's Dockerfile, Target the target there.
	Path, Target string
}

// On tells whether the parent is what the stage names on a platform.
func (p Parent) On(plan dockerfile.Plan, platform string) bool {
	ref, ok := expand(p.From, plan, platform, "")
	return !ok || ref == p.Ref
}

// finder is the state of one Run.
type finder struct {
	Input
	published published
	groups    map[groupKey]*group
	// edges lead from a variant to those that it is built from.
	edges [][]edge
	list  diag.List
	// reported counts findings that are alike.
	reported map[alike]count
}

// edge leads to the image that a stage is built from.
type edge struct {
	base *Base
	to   publisher
}

// Run returns the images in the order in which they are to be built: parents
// first, for the rest by stack and path.
func Run(in Input) ([]Image, diag.List) {
	f := &finder{Input: in, groups: map[groupKey]*group{}, reported: map[alike]count{}}
	f.Variants = slices.Clone(in.Variants)
	slices.SortStableFunc(f.Variants, func(a, b *Variant) int {
		return cmp.Or(cmp.Compare(a.Stack.Name, b.Stack.Name), cmp.Compare(a.Path, b.Path))
	})
	f.edges = make([][]edge, len(f.Variants))
	f.publish()
	if in.Whole {
		f.parents()
	}
	order := f.order()
	f.more()
	out := make([]Image, 0, len(order))
	for _, i := range order {
		image := Image{Variant: f.Variants[i]}
		for _, e := range f.edges[i] {
			image.Parents = append(image.Parents, Parent{
				Stage: e.base.Stage, From: e.base.From, Ref: e.base.Ref, Platform: e.base.Platform, Path: f.Variants[e.to.variant].Path, Target: f.target(e.to).Stage,
			})
		}
		out = append(out, image)
	}
	return out, f.list
}

func (f *finder) target(p publisher) *dockerfile.Target {
	return &f.Variants[p.variant].Plan.Targets[p.target]
}
