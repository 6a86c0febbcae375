package resolve

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// close reaches every stage that a target needs, for each of its platforms.
func (r *resolver) close() {
	type visit struct{ stage, platform string }
	var queue []visit
	for _, t := range r.Plan.Targets {
		platforms := t.Platforms
		if len(platforms) == 0 {
			platforms = []string{""}
		}
		for _, p := range platforms {
			queue = append(queue, visit{t.Stage, p})
		}
	}
	seen := make(map[visit]bool, len(r.Stages))
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		if seen[v] {
			continue
		}
		seen[v] = true
		n := r.reach(v.stage)
		edges := r.references(n, v.platform)
		for _, e := range edges {
			queue = append(queue, visit{e.to, v.platform})
		}
		if len(n.edges) == 0 {
			n.edges = edges
			continue
		}
		for _, e := range edges {
			if !slices.Contains(n.edges, e) {
				n.edges = append(n.edges, e)
			}
		}
	}
}

// reach decodes a stage the first time it is needed.
func (r *resolver) reach(name string) *node {
	if n, ok := r.reached[name]; ok {
		return n
	}
	stage, list := r.Stage(name)
	stage.Name = name
	r.list = append(r.list, list...)
	n := &node{stage: stage}
	r.reached[name] = n
	return n
}

// order sorts the reached stages so that each comes after those it refers to:
// depth first from the default target, then from the others by name. The
// default's stage is last, unless another stage needs it.
func (r *resolver) order() ([]string, bool) {
	n := len(r.reached)
	out, path := make([]string, 0, n+1), make([]string, 0, n)
	state := make(map[string]int, n) // 1: on the path, 2: done
	var walk func(name string) bool
	walk = func(name string) bool {
		state[name] = 1
		path = append(path, name)
		for _, e := range r.reached[name].edges {
			switch state[e.to] {
			case 0:
				if !walk(e.to) {
					return false
				}
			case 1:
				r.cycle(path[slices.Index(path, e.to):], e)
				return false
			}
		}
		path = path[:len(path)-1]
		state[name] = 2
		out = append(out, name)
		return true
	}
	last := r.defaultStage()
	roots := []string{last}
	for _, t := range r.Plan.Targets {
		roots = append(roots, t.Stage)
	}
	for _, name := range roots {
		if state[name] == 0 && !walk(name) {
			return nil, false
		}
	}
	for _, n := range r.reached {
		for _, e := range n.edges {
			if e.to == last {
				return out, true
			}
		}
	}
	out = slices.DeleteFunc(out, func(name string) bool { return name == last })
	return append(out, last), true
}

// cycle reports stages that need each other, at the reference that closes the
// circle.
func (r *resolver) cycle(path []string, closing edge) {
	if len(path) == 1 {
		r.report(diag.CodeStageCycle, closing.from, closing.field,
			fmt.Sprintf("stage %q refers to itself", path[0]), "a stage sees its own files anyway")
		return
	}
	d := diag.Diagnostic{
		Code: diag.CodeStageCycle, Severity: diag.Error, Span: r.Locate(closing.from, closing.field),
		Message: "the stages need each other: " + strings.Join(append(slices.Clone(path), closing.to), " needs "),
		Help:    "move what both of them need to a stage of its own",
	}
	for i, name := range path[:len(path)-1] {
		for _, e := range r.reached[name].edges {
			if e.to == path[i+1] {
				d.Related = append(d.Related, diag.Related{
					Span: r.Locate(e.from, e.field), Label: fmt.Sprintf("%q needs %q here", name, e.to),
				})
				break
			}
		}
	}
	r.list = append(r.list, d)
}

// bases are the stages that a stage is FROM: one, or one for each platform.
func (r *resolver) bases(n *node) []*node {
	var out []*node
	for _, e := range n.edges {
		if e.base {
			out = append(out, r.reached[e.to])
		}
	}
	return out
}

// label writes a name as an element of a CUE path.
func label(name string) string {
	if strings.ContainsAny(name, ".-+/ ") {
		return fmt.Sprintf("%q", name)
	}
	return name
}

// suggest is the nearest known name, or what to do instead.
func suggest(name string, known []string, otherwise string) string {
	if help := diag.DidYouMean(name, known); help != "" {
		return help
	}
	if lower := strings.ToLower(name); lower != name && slices.Contains(known, lower) {
		return fmt.Sprintf("did you mean %q? names are lower case", lower)
	}
	if strings.HasSuffix(otherwise, "are ") {
		return otherwise + strings.Join(known, ", ")
	}
	return otherwise
}

// arg is a declared build argument, nil if there is none of that name.
func (r *resolver) arg(name string) *dockerfile.Arg {
	for i := range r.Plan.Args {
		if r.Plan.Args[i].Name == name {
			return &r.Plan.Args[i]
		}
	}
	return nil
}

func (r *resolver) argNames() []string {
	var names []string
	for _, a := range r.Plan.Args {
		names = append(names, a.Name)
	}
	return names
}
