// Package inputs says what the build of a Dockerfile reads: files of the build
// context, stages, images, named contexts, secrets and build arguments. It works
// on plain data, and looks at no disk.
package inputs

import (
	"slices"

	"stagecue.dev/internal/dockerfile"
)

// Inputs are those of one Dockerfile. They are not changed once they are made,
// since Dockerfiles share them.
type Inputs struct {
	// Stages are in the order of the file. Those that Dockerfiles have in common
	// are the same pointer.
	Stages []*Stage
	// Targets are in the order of the plan.
	Targets []Target
}

// A Stage is what a stage reads, on any platform that it is built for. It is
// not changed once it is made.
type Stage struct {
	Name string
	// From is the base as it is written.
	From string
	// Sources are what it reads of the build context, Triggers what it has those
	// read of theirs that are built from it (ONBUILD).
	Sources, Triggers []Source
	// Needs are the stages that it is FROM, copies from or mounts from.
	Needs []string
	// Images and Contexts are what else it is FROM, copies from or mounts from,
	// build arguments being what they are by default.
	Images, Contexts []string
	Secrets          []Secret
	// SSH are the ids of agents.
	SSH []string
	// Args are the declared build arguments that it uses.
	Args []string
}

// A Secret is one that a command mounts.
type Secret struct {
	ID string
	// Env is the environment variable that holds it, empty for a file.
	Env      string
	Required bool
}

// A Target is what its build reads, on any of its platforms.
type Target struct {
	Name      string
	Platforms []string
	// Stages are all that it needs, in the order of the file.
	Stages []string

	needs []*Stage
}

// Sources are what the stages of the target read of the build context, each once.
func (t Target) Sources() []Source {
	var out []Source
	for _, s := range t.needs {
		for _, source := range s.Sources {
			if !slices.ContainsFunc(out, source.same) {
				out = append(out, source)
			}
		}
	}
	return out
}

// Images are those that the stages of the target are made of, each once.
func (t Target) Images() []string { return t.union(func(s *Stage) []string { return s.Images }) }

// Contexts are the named contexts that the stages of the target are made of.
func (t Target) Contexts() []string { return t.union(func(s *Stage) []string { return s.Contexts }) }

// SSH are the ids of the agents that the stages of the target mount.
func (t Target) SSH() []string { return t.union(func(s *Stage) []string { return s.SSH }) }

// Args are the declared build arguments that the stages of the target use.
func (t Target) Args() []string { return t.union(func(s *Stage) []string { return s.Args }) }

// Secrets are those that the stages of the target mount.
func (t Target) Secrets() []Secret {
	var out []Secret
	for _, s := range t.needs {
		for _, secret := range s.Secrets {
			out = addSecret(out, secret)
		}
	}
	return out
}

func (t Target) union(of func(*Stage) []string) []string {
	var out []string
	for _, s := range t.needs {
		for _, name := range of(s) {
			out = add(out, name)
		}
	}
	return out
}

// Target is the target of that name.
func (in Inputs) Target(name string) (Target, bool) {
	i := slices.IndexFunc(in.Targets, func(t Target) bool { return t.Name == name })
	if i < 0 {
		return Target{}, false
	}
	return in.Targets[i], true
}

// Of works out what a resolved file reads.
func Of(file *dockerfile.File, plan dockerfile.Plan) Inputs { return (*Memo)(nil).Of(file, plan) }

// add adds what is not in a list yet.
func add(list []string, name string) []string {
	if slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

// addSecret adds a secret; one that somebody requires is required.
func addSecret(list []Secret, secret Secret) []Secret {
	i := slices.IndexFunc(list, func(s Secret) bool { return s.ID == secret.ID && s.Env == secret.Env })
	if i < 0 {
		return append(list, secret)
	}
	list[i].Required = list[i].Required || secret.Required
	return list
}
