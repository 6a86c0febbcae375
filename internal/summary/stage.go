package summary

import (
	"fmt"
	"path"
	"slices"

	"stagecue.dev/internal/dockerfile"
)

// scratch is the base that holds nothing.
const scratch = "scratch"

// stage describes a stage on a platform.
func (b *builder) stage(name, platform string) *Stage {
	k := key{name, platform}
	if s, ok := b.stages[k]; ok {
		return s
	}
	i := b.index(name)
	written := b.file.Stages[i]
	base := b.base(written, platform)
	var below *Stage
	if b.index(base) >= 0 {
		below = b.stage(base, platform)
	}
	s := &Stage{
		Name: name, Description: written.Description, From: written.From, Platform: written.Platform,
		Origin: written.Origin, Images: b.images(written, platform),
	}
	w := walk{stage: s}
	if below != nil {
		s.Base, s.Layers = below.Base, below.Layers
		s.Chain = append(slices.Clone(below.Chain), name)
		w.config = below.Config.inherit()
		w.user, w.workdir = &below.Config.User, &below.Config.Workdir
		w.empty = below.empty
	} else {
		s.Base = Image{Ref: base, At: Place{written.Origin, "from"}}
		s.Chain = []string{name}
		if w.empty = base == scratch; w.empty {
			w.config = bare(s.Base.At)
		}
		w.settleUser()
		w.settleWorkdir()
	}
	s.Steps = make([]Step, 0, len(written.Steps))
	for i := range written.Steps {
		w.step(&written.Steps[i])
	}
	s.Config, s.empty = w.config, w.empty
	b.stages[k] = s
	b.order[name] = append(b.order[name], platform)
	return s
}

// index is where a stage stands in the file, -1 for what is none.
func (b *builder) index(name string) int {
	return slices.IndexFunc(b.file.Stages, func(s dockerfile.Stage) bool { return s.Name == name })
}

// base is what a stage is FROM on a platform, with the defaults of build
// arguments.
func (b *builder) base(s dockerfile.Stage, platform string) string {
	from, _ := dockerfile.Expand(s.From, func(name string) (string, bool) {
		return dockerfile.ArgValue(b.file.Args, name, platform)
	})
	return from
}

// walk goes through the steps of one stage.
type walk struct {
	stage  *Stage
	config Config
	// user and workdir are those of config, for steps to share.
	user, workdir *Text
	// empty is whether nothing has come into the file system yet.
	empty bool
	// cmd is whether the stage has set CMD itself.
	cmd bool
}

func (w *walk) step(step *dockerfile.Step) {
	out := Step{Step: step, Stage: w.stage.Name, Empty: w.empty}
	w.apply(step)
	switch i := step.Instruction.(type) {
	case dockerfile.Copy, dockerfile.Add:
		w.empty = false
		w.stage.Layers++
	case dockerfile.Run:
		w.stage.Layers++
	case dockerfile.User:
		w.settleUser()
	case dockerfile.Workdir:
		w.settleWorkdir()
		// BuildKit makes a layer of the directory, even if it is there already.
		if path.Clean(i.Path) != "/" {
			w.stage.Layers++
		}
	}
	out.User, out.Workdir = w.user, w.workdir
	w.stage.Steps = append(w.stage.Steps, out)
}

// settleUser has the next steps see the user that is in effect now.
func (w *walk) settleUser() {
	now := w.config.User
	w.user = &now
}

func (w *walk) settleWorkdir() {
	now := w.config.Workdir
	w.workdir = &now
}

// refer visits what the steps of a stage copy and mount from.
func refer(s dockerfile.Stage, visit func(name string, at Place)) {
	for _, step := range s.Steps {
		switch i := step.Instruction.(type) {
		case dockerfile.Copy:
			if i.From != "" {
				visit(i.From, Place{step.Origin, "copy.from"})
			}
		case dockerfile.Run:
			for n, m := range i.Mounts {
				if m.From != "" {
					visit(m.From, Place{step.Origin, fmt.Sprintf("mounts[%d].from", n)})
				}
			}
		}
	}
}
