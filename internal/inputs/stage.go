package inputs

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// stage works out what a stage reads on its platforms.
func (w *walk) stage(s *dockerfile.Stage, bases []*dockerfile.Stage, platforms []string) *Stage {
	out := &Stage{Name: s.Name, From: s.From}
	for _, p := range platforms {
		if from, ok := w.base(s.From, p); ok {
			w.refer(out, from)
		}
	}
	if parts, err := dockerfile.ParseWord(s.From); err == nil && strings.Contains(s.From, "$") {
		for _, name := range dockerfile.Names(parts) {
			w.use(out, name)
		}
	}
	v := variables{walk: w, platforms: platforms, args: map[string]bool{}}
	for _, base := range bases {
		for _, step := range base.Steps {
			out.Sources = append(out.Sources, v.sources(step, true)...)
		}
	}
	for _, step := range s.Steps {
		switch i := step.Instruction.(type) {
		case dockerfile.ArgUse:
			v.args[i.Name] = true
			w.use(out, i.Name)
		case dockerfile.Env:
			for _, p := range i.Pairs {
				delete(v.args, p.Name) // ENV beats ARG
			}
		case dockerfile.Copy:
			w.refer(out, i.From)
		case dockerfile.Run:
			for _, m := range i.Mounts {
				w.refer(out, m.From)
				v.mount(out, m)
			}
		}
		out.Sources = append(out.Sources, v.sources(step, false)...)
		out.Triggers = append(out.Triggers, v.sources(step, true)...)
	}
	return out
}

// sources are what a step reads of the build context, or has others read.
func (v *variables) sources(step dockerfile.Step, trigger bool) []Source {
	var out []Source
	for _, r := range read(step) {
		if source, ok := v.source(r); ok && r.trigger == trigger {
			out = append(out, source)
		}
	}
	return out
}

// refer notes what a stage is FROM, copies from or mounts from.
func (w *walk) refer(out *Stage, name string) {
	_, stage := w.index[name]
	switch {
	case name == "" || name == "scratch":
	case stage:
		out.Needs = add(out.Needs, name)
	case slices.Contains(w.plan.Contexts, name):
		out.Contexts = add(out.Contexts, name)
	default:
		out.Images = add(out.Images, name)
	}
}

// use notes a declared build argument.
func (w *walk) use(out *Stage, name string) {
	if slices.ContainsFunc(w.file.Args, func(a dockerfile.Arg) bool { return a.Name == name }) {
		out.Args = add(out.Args, name)
	}
}

// mount notes the secret or agent that a mount asks for.
func (v *variables) mount(out *Stage, m dockerfile.Mount) {
	id, ok := v.expand(m.ID, v.platforms[0])
	if !ok {
		id = m.ID
	}
	switch {
	case m.Type == "secret":
		out.Secrets = addSecret(out.Secrets, Secret{ID: id, Env: m.Env, Required: m.Required})
	case m.Type == "ssh" && id == "":
		out.SSH = add(out.SSH, "default")
	case m.Type == "ssh":
		out.SSH = add(out.SSH, id)
	}
}

// variables are what is known of the variables that BuildKit expands at a step.
type variables struct {
	*walk
	platforms []string
	// args are the build arguments that the stage sees.
	args map[string]bool
}

// get is the value of a variable, if nobody but the platform decides about it
// when the image is built; or its default.
func (v *variables) get(name, platform string) (string, bool) {
	if dockerfile.IsPlatformArg(name) {
		return dockerfile.PlatformArg(name, platform)
	}
	if !v.args[name] {
		return "", false
	}
	return dockerfile.DefaultArg(v.file.Args, name)
}

// expand fills in defaults, and what a platform decides.
func (v *variables) expand(word, platform string) (string, bool) {
	return dockerfile.Expand(word, func(name string) (string, bool) { return v.get(name, platform) })
}
