package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
)

// Of is the index of a stack of which all images are given. Name is what an
// image is called by bake.
func Of(stack string, axes []Axis, all []images.Image, name func(v *images.Variant, target string) string) *Index {
	m := newMaker(stack, axes, name)
	m.index.Variants = make([]Variant, 0, len(all))
	for _, image := range all {
		m.index.Variants = append(m.index.Variants, m.variant(image))
	}
	m.index.sort()
	return m.index
}

func newMaker(stack string, axes []Axis, name func(v *images.Variant, target string) string) *maker {
	return &maker{index: &Index{Version: Version, Stack: stack, Axes: axes}, ids: map[made]string{}, known: map[string]bool{}, name: name}
}

// maker is one run of Of.
type maker struct {
	index *Index
	name  func(v *images.Variant, target string) string
	// ids are those of stages, and which of them the index has.
	ids   map[made]string
	known map[string]bool
}

// made is what a stage of the index is made of. The inputs of stages that
// Dockerfiles have in common are the same pointer.
type made struct {
	inputs *inputs.Stage
	digest string
}

func madeOf(image images.Image, stage int) made {
	out := made{inputs: image.Inputs.Stages[stage]}
	if stage < len(image.StageDigests) {
		out.digest = image.StageDigests[stage]
	}
	return out
}

func (m *maker) variant(image images.Image) Variant {
	plan := &image.Plan
	out := Variant{
		About: About{
			Path: image.Path, Digest: image.Digest, Values: make(map[string]string, len(image.Values)), Default: plan.Default, Contexts: plan.Contexts,
			Context: Context{Directory: plan.Context.Directory, External: plan.Context.External},
		},
		Targets: make([]Target, 0, len(plan.Targets)), Stages: make([]string, 0, len(image.Inputs.Stages)),
	}
	for _, v := range image.Values {
		out.Values[v.Name] = v.Value
	}
	for _, a := range plan.Args {
		out.Args = append(out.Args, Arg(a))
	}
	for _, a := range plan.Inputs {
		out.Inputs = append(out.Inputs, Arg{a.Name, a.Description, a.Default})
	}
	for i, s := range image.Inputs.Stages {
		out.Stages = append(out.Stages, m.stage(madeOf(image, i)))
		for _, ref := range s.Images {
			if !slices.Contains(out.Images, ref) {
				out.Images = append(out.Images, ref)
			}
		}
	}
	for i := range plan.Targets {
		out.Targets = append(out.Targets, m.target(image, &plan.Targets[i]))
	}
	for _, p := range image.Parents {
		out.Parents = append(out.Parents, Parent{Stage: p.Stage, Ref: p.Ref, Path: p.Path, Target: p.Target})
	}
	if out.Default == "" && len(plan.Targets) == 1 {
		out.Default = plan.Targets[0].Stage
	}
	return out
}

func (m *maker) target(image images.Image, t *dockerfile.Target) Target {
	out := Target{
		Name: t.Stage, Bake: m.name(image.Variant, t.Stage), Description: t.Description, Tags: t.Tags, Platforms: t.Platforms, Stages: []string{},
	}
	if in, ok := image.Inputs.Target(t.Stage); ok {
		out.Stages = in.Stages
	}
	for _, p := range t.Promotions {
		out.Promotions = append(out.Promotions, Promotion(p))
	}
	for _, i := range t.Info {
		out.Info = append(out.Info, Info(i))
	}
	for _, test := range t.Tests {
		out.Tests = append(out.Tests, Test(test))
	}
	return out
}

// stage adds a stage to the index, unless it is there, and returns its ID.
func (m *maker) stage(of made) string {
	if id, ok := m.ids[of]; ok {
		return id
	}
	in := of.inputs
	s := Stage{
		Name: in.Name, From: in.From, Digest: of.digest, Needs: in.Needs, Images: in.Images, Contexts: in.Contexts, SSH: in.SSH, Args: in.Args,
	}
	for _, source := range in.Sources {
		if made := sourceOf(source, false); !slices.ContainsFunc(s.Sources, made.same) {
			s.Sources = append(s.Sources, made)
		}
	}
	for _, source := range in.Triggers {
		s.Sources = append(s.Sources, sourceOf(source, true))
	}
	for _, secret := range in.Secrets {
		s.Secrets = append(s.Secrets, Secret(secret))
	}
	// Strings and lists of them are always JSON.
	text, _ := json.Marshal(s)
	sum := sha256.Sum256(text)
	s.ID = s.Name + "@" + hex.EncodeToString(sum[:6])
	m.ids[of] = s.ID
	if !m.known[s.ID] {
		m.known[s.ID] = true
		m.index.Stages = append(m.index.Stages, s)
	}
	return s.ID
}

func sourceOf(in inputs.Source, trigger bool) Source {
	out := Source{
		Path: in.Path, Patterns: in.Patterns, Exclude: in.Exclude, Parents: in.Parents, Base: in.Base,
		Trigger: trigger,
	}
	if len(in.Patterns) == 1 && in.Patterns[0] == in.Path {
		out.Patterns = nil
	}
	return out
}

// same tells whether two sources are the same.
func (s Source) same(o Source) bool {
	return s.Path == o.Path && s.Parents == o.Parents && s.Base == o.Base && s.Trigger == o.Trigger &&
		slices.Equal(s.Patterns, o.Patterns) && slices.Equal(s.Exclude, o.Exclude)
}
