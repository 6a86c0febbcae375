package inputs

import (
	"slices"
	"strconv"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// walk is the state of one Of.
type walk struct {
	memo  *Memo
	file  *dockerfile.File
	plan  dockerfile.Plan
	index map[string]int
	links []*links
	// platforms are those that each stage is built for; "" stands for targets
	// that declare none.
	platforms [][]string
}

// Of works out what a resolved file reads.
func (m *Memo) Of(file *dockerfile.File, plan dockerfile.Plan) Inputs {
	n := len(file.Stages)
	w := &walk{
		memo: m, file: file, plan: plan, index: make(map[string]int, n), links: make([]*links, n), platforms: make([][]string, n),
	}
	decides, triggers := false, false
	for i := range file.Stages {
		w.index[file.Stages[i].Name] = i
		w.links[i] = m.link(&file.Stages[i])
		decides = decides || w.links[i].base
		triggers = triggers || w.links[i].triggers
	}
	reached := make([][]bool, len(plan.Targets))
	for i, t := range plan.Targets {
		reached[i] = w.target(t, decides)
	}
	stages := make([]numbered, n)
	common := head(file, plan)
	for i := range file.Stages {
		s := &file.Stages[i]
		if slices.Sort(w.platforms[i]); len(w.platforms[i]) == 0 {
			w.platforms[i] = []string{""} // no target needs it
		}
		var bases []*dockerfile.Stage
		if triggers {
			bases = w.triggering(s.From, w.platforms[i])
		}
		stages[i] = m.stage(s, w.links[i], bases, common, w.platforms[i], func() *Stage { return w.stage(s, bases, w.platforms[i]) })
	}
	key := wholeKey(stages, plan.Targets, reached)
	if known, ok := m.known(key); ok {
		return known
	}
	out := Inputs{Stages: make([]*Stage, n), Targets: make([]Target, len(plan.Targets))}
	for i, s := range stages {
		out.Stages[i] = s.Stage
	}
	for i, t := range plan.Targets {
		target := Target{Name: t.Stage, Platforms: t.Platforms}
		for k, ok := range reached[i] {
			if ok {
				target.Stages = append(target.Stages, file.Stages[k].Name)
				target.needs = append(target.needs, out.Stages[k])
			}
		}
		out.Targets[i] = target
	}
	return m.shared(key, out)
}

// wholeKey is all that the inputs of a Dockerfile are made of, once those of its
// stages are known. It is empty for stages that no memo knows.
func wholeKey(stages []numbered, targets []dockerfile.Target, reached [][]bool) string {
	key := make([]byte, 0, 128)
	for _, s := range stages {
		if s.number == 0 {
			return ""
		}
		key = append(strconv.AppendInt(key, s.number, 36), ' ')
	}
	for i, t := range targets {
		key = strconv.AppendQuote(key, t.Stage)
		for _, p := range t.Platforms {
			key = strconv.AppendQuote(key, p)
		}
		for _, ok := range reached[i] {
			key = strconv.AppendBool(key, ok)
		}
	}
	return string(key)
}

// target finds the stages that a target needs, and notes its platforms at each.
// Unless a platform decides what some stage is FROM, all need the same.
func (w *walk) target(t dockerfile.Target, decides bool) []bool {
	all := make([]bool, len(w.file.Stages))
	groups := [][]string{t.Platforms}
	if len(t.Platforms) == 0 {
		groups = [][]string{{""}}
	} else if decides {
		groups = groups[:0]
		for i := range t.Platforms {
			groups = append(groups, t.Platforms[i:i+1])
		}
	}
	for _, platforms := range groups {
		seen := make([]bool, len(all))
		w.reach(t.Stage, platforms, seen)
		for i, ok := range seen {
			all[i] = all[i] || ok
		}
	}
	return all
}

// reach marks a stage and all that it needs on some platforms, for which that
// is the same.
func (w *walk) reach(name string, platforms []string, seen []bool) {
	i, ok := w.index[name]
	if !ok || seen[i] {
		return
	}
	seen[i] = true
	for _, p := range platforms {
		w.platforms[i] = add(w.platforms[i], p)
	}
	if from, ok := w.base(w.file.Stages[i].From, platforms[0]); ok {
		w.reach(from, platforms, seen)
	}
	for _, name := range w.links[i].names {
		w.reach(name, platforms, seen)
	}
}

// base is what a stage is FROM on a platform, with the defaults of build
// arguments.
func (w *walk) base(from, platform string) (string, bool) {
	if !strings.Contains(from, "$") {
		return from, true
	}
	return dockerfile.Expand(from, func(name string) (string, bool) {
		return dockerfile.ArgValue(w.file.Args, name, platform)
	})
}

// triggering are the stages that a stage is FROM whose ONBUILD reads the build
// context: what it says is done in that stage.
func (w *walk) triggering(from string, platforms []string) []*dockerfile.Stage {
	var out []*dockerfile.Stage
	for _, p := range platforms {
		base, _ := w.base(from, p)
		if i, ok := w.index[base]; ok && w.links[i].triggers && !slices.Contains(out, &w.file.Stages[i]) {
			out = append(out, &w.file.Stages[i])
		}
	}
	return out
}
