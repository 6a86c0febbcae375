package graph

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// Stages draws the stages of one Dockerfile, with the images and contexts that
// come from elsewhere.
func Stages(title string, file *dockerfile.File, plan dockerfile.Plan) Graph {
	d := &stages{builder: newBuilder(title), plan: plan, platforms: map[string][]string{}, indexes: map[string]int{}}
	for i, s := range file.Stages {
		d.indexes[s.Name] = i
	}
	d.reach(file)
	for _, s := range file.Stages {
		d.stage(s)
	}
	return d.Graph
}

// stages is the state of one Stages.
type stages struct {
	*builder
	plan dockerfile.Plan
	// platforms are those that each stage is built for; "" stands for whatever
	// the builder is.
	platforms map[string][]string
	indexes   map[string]int
}

// use is one reference of a stage, by the name that it leads to.
type use struct {
	name string
	use  Use
}

// reach finds out for which platforms each stage is built.
func (d *stages) reach(file *dockerfile.File) {
	var walk func(name, platform string)
	walk = func(name, platform string) {
		i, ok := d.indexes[name]
		if !ok || slices.Contains(d.platforms[name], platform) {
			return
		}
		d.platforms[name] = append(d.platforms[name], platform)
		for _, u := range d.uses(file.Stages[i], platform) {
			walk(u.name, platform)
		}
	}
	for _, t := range d.plan.Targets {
		for _, p := range t.Platforms {
			walk(t.Stage, p)
		}
		if len(t.Platforms) == 0 {
			walk(t.Stage, "")
		}
	}
}

// uses are what a stage refers to when it is built for a platform, in order.
func (d *stages) uses(s dockerfile.Stage, platform string) []use {
	base, _ := dockerfile.Expand(s.From, func(name string) (string, bool) { return dockerfile.ArgValue(d.plan.Args, name, platform) })
	out := []use{{base, Base}}
	for _, step := range s.Steps {
		switch i := step.Instruction.(type) {
		case dockerfile.Copy:
			out = append(out, use{i.From, Copied})
		case dockerfile.Run:
			for _, m := range i.Mounts {
				out = append(out, use{m.From, Mounted})
			}
		}
	}
	out = slices.DeleteFunc(out, func(u use) bool { return u.name == "" || u.name == "scratch" && u.use == Base })
	return out
}

// stage adds a stage, what it uses, and the edges from there.
func (d *stages) stage(s dockerfile.Stage) {
	built := d.platforms[s.Name]
	var order []use
	when := map[use][]string{}
	for _, p := range built {
		for _, u := range d.uses(s, p) {
			if len(when[u]) == 0 {
				order = append(order, u)
			}
			if !slices.Contains(when[u], p) {
				when[u] = append(when[u], p)
			}
		}
	}
	var edges []Edge
	for _, u := range order {
		e := Edge{From: d.used(u.name), Use: u.use}
		if len(when[u]) < len(built) {
			slices.Sort(when[u])
			e.Label = strings.Join(when[u], ", ")
		}
		edges = append(edges, e)
	}
	to := d.used(s.Name)
	d.Nodes[to] = d.described(s)
	for _, e := range edges {
		e.To = to
		d.edge(e)
	}
}

// used is the node of a name: a stage, an image or a named context.
func (d *stages) used(name string) int {
	n := Node{Name: name, Kind: External}
	switch _, isStage := d.indexes[name]; {
	case isStage:
		return d.node("stage "+name, Node{Name: name})
	case slices.Contains(d.plan.Contexts, name):
		n.Notes = []string{"named context"}
	}
	return d.node("external "+name, n)
}

// described is the node of a stage: whether it is a target, and which platforms
// that is for.
func (d *stages) described(s dockerfile.Stage) Node {
	n := Node{Name: s.Name}
	i := slices.IndexFunc(d.plan.Targets, func(t dockerfile.Target) bool { return t.Stage == s.Name })
	if i < 0 {
		return n
	}
	n.Kind, n.Notes = Target, []string{"target"}
	if d.plan.Default == s.Name || len(d.plan.Targets) == 1 {
		n.Kind, n.Notes = Default, []string{"default target"}
	}
	if p := d.plan.Targets[i].Platforms; len(p) > 0 {
		n.Notes = append(n.Notes, strings.Join(p, ", "))
	}
	return n
}
