package review

import (
	"cmp"
	"slices"
	"strings"
)

// A Change is one of a target, which its Dockerfile does not show.
type Change struct {
	Target string `json:"target"`
	// What is "target", "tags" or "platforms".
	What    string   `json:"what"`
	Removed []string `json:"removed"`
	Added   []string `json:"added"`
	// Example is the Dockerfile that these tags are of, if others have others.
	Example string `json:"example,omitempty"`
	Sets    []Set  `json:"sets"`
}

// changesOf are the changes of the targets of a Dockerfile, where both states
// have an index.
func changesOf(p pair) []Change {
	if !p.old.Known || !p.new.Known {
		return nil
	}
	var out []Change
	add := func(target, what string, old, new []string) {
		c := Change{Target: target, What: what, Removed: without(old, new), Added: without(new, old)}
		if len(c.Removed)+len(c.Added) > 0 {
			out = append(out, c)
		}
	}
	for _, old := range p.old.Targets {
		i := slices.IndexFunc(p.new.Targets, func(t Target) bool { return t.Name == old.Name })
		if i < 0 {
			add(old.Name, "target", []string{old.Name}, nil)
			continue
		}
		add(old.Name, "tags", old.Tags, p.new.Targets[i].Tags)
		add(old.Name, "platforms", old.Platforms, p.new.Targets[i].Platforms)
	}
	for _, t := range p.new.Targets {
		if !slices.ContainsFunc(p.old.Targets, func(o Target) bool { return o.Name == t.Name }) {
			add(t.Name, "target", nil, []string{t.Name})
		}
	}
	return out
}

// without are the elements of a list that another lacks.
func without(list, other []string) []string {
	out := []string{}
	for _, s := range list {
		if !slices.Contains(other, s) {
			out = append(out, s)
		}
	}
	return out
}

// targets groups the changes of targets. Tags differ from variant to variant, so
// those of one stand for all.
func (r *reviewer) targets() {
	variants := map[string][]Variant{}
	changes := map[string]*Change{}
	for _, p := range r.pairs {
		for _, c := range changesOf(p) {
			said := strings.Join(c.Removed, " ") + " to " + strings.Join(c.Added, " ")
			key := c.Target + " " + c.What
			if c.What != "tags" {
				key += " " + said
			}
			switch first, ok := changes[key]; {
			case !ok:
				changes[key] = &c
			case first.Example == "" && strings.Join(first.Removed, " ")+" to "+strings.Join(first.Added, " ") != said:
				first.Example = variants[key][0].Path
			}
			variants[key] = append(variants[key], p.new)
		}
	}
	for key, c := range changes {
		c.Sets = sets(r.after, variants[key])
		r.out.Targets = append(r.out.Targets, *c)
	}
	slices.SortFunc(r.out.Targets, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Target, b.Target), cmp.Compare(a.What, b.What), slices.Compare(a.Removed, b.Removed), slices.Compare(a.Added, b.Added))
	})
}
