package review

import "slices"

// A Cause is what the build cache lacks first after the change, and what builds
// of targets do again for it.
type Cause struct {
	// Stage and Instruction are empty if no layer is made again.
	Stage       string `json:"stage,omitempty"`
	Instruction string `json:"instruction,omitempty"`
	// Why is what has become of it: "changed", "new", "removed".
	Why     string   `json:"why"`
	Sets    []Set    `json:"sets"`
	Targets []Impact `json:"targets"`
}

// An Impact is what builds of a target do again.
type Impact struct {
	Target string `json:"target"`
	// Again is how many of the RUN, COPY and ADD that the target needs are done
	// again, from the fewest to the most that a Dockerfile has; Of is how many
	// there are.
	Again Range `json:"again"`
	Of    Range `json:"of"`
}

// A Range is the least and the most of a number.
type Range struct {
	Least int `json:"least"`
	Most  int `json:"most"`
}

// include widens a range.
func (r *Range) include(other Range) {
	r.Least, r.Most = min(r.Least, other.Least), max(r.Most, other.Most)
}

// cause is what the cache lacks first.
type cause struct{ stage, instruction, why string }

// cache groups what builds have to do again by what it comes from.
func (r *reviewer) cache() {
	targets := map[cause][]Impact{}
	variants := map[cause][]Variant{}
	var order []cause
	for _, p := range r.pairs {
		if p.old.Text == p.new.Text {
			continue
		}
		c := &comparison{before: r.outline(p.old), after: r.outline(p.new), done: map[string]*verdict{}}
		if len(c.before.Stages) == 0 {
			continue
		}
		for _, t := range p.new.Targets {
			first, impact, ok := c.target(t.Name)
			if !ok {
				continue
			}
			if variants[first] == nil {
				order = append(order, first)
			}
			if all := variants[first]; len(all) == 0 || all[len(all)-1].Path != p.new.Path {
				variants[first] = append(all, p.new)
			}
			at := slices.IndexFunc(targets[first], func(i Impact) bool { return i.Target == impact.Target })
			if at < 0 {
				targets[first] = append(targets[first], impact)
				continue
			}
			targets[first][at].Again.include(impact.Again)
			targets[first][at].Of.include(impact.Of)
		}
	}
	for _, c := range order {
		slices.SortFunc(targets[c], func(a, b Impact) int { return compareNames(a.Target, b.Target) })
		r.out.Cache = append(r.out.Cache, Cause{c.stage, c.instruction, c.why, sets(r.after, variants[c]), targets[c]})
	}
}
