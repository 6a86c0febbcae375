package review

import (
	"cmp"
	"slices"
	"strings"
)

// match finds what is there in both states: first by path, then by the values
// of the axes. What is left is removed or added.
func (r *reviewer) match() (removed, added []Variant) {
	paths, names := map[string]int{}, map[string]int{}
	for i, v := range r.Old {
		paths[v.Path] = i
		names[v.Stack+" "+v.Name()] = i
	}
	matched := map[int]bool{}
	var rest []Variant
	for _, v := range r.New {
		if i, ok := paths[v.Path]; ok {
			matched[i] = true
			r.pairs = append(r.pairs, pair{r.Old[i], v})
			continue
		}
		rest = append(rest, v)
	}
	for _, v := range rest {
		i, ok := names[v.Stack+" "+v.Name()]
		if !ok || matched[i] {
			added = append(added, v)
			continue
		}
		matched[i] = true
		r.pairs = append(r.pairs, pair{r.Old[i], v})
		r.out.Moved = append(r.out.Moved, Move{r.Old[i].Path, v.Path})
	}
	for i, v := range r.Old {
		if !matched[i] {
			removed = append(removed, v)
		}
	}
	slices.SortFunc(r.pairs, func(a, b pair) int { return cmp.Compare(a.new.Path, b.new.Path) })
	return removed, added
}

// same tells whether a Dockerfile, and what the index says of its targets, is
// what it was.
func (r *reviewer) same(p pair) bool {
	return p.old.Text == p.new.Text && len(changesOf(p)) == 0
}

// groups puts variants with the same reasons together.
func groups(universes map[string]*universe, variants []Variant, why func(Variant) []Reason) []Group {
	byReason := map[string][]Variant{}
	reasons := map[string][]Reason{}
	var order []string
	for _, v := range variants {
		list := why(v)
		var key strings.Builder
		for _, reason := range list {
			key.WriteString(reason.Text + "\x00" + reason.Place.String() + "\x00")
		}
		if _, ok := byReason[key.String()]; !ok {
			order = append(order, key.String())
			reasons[key.String()] = list
		}
		byReason[key.String()] = append(byReason[key.String()], v)
	}
	out := make([]Group, 0, len(order))
	for _, key := range order {
		list := reasons[key]
		if list == nil {
			list = []Reason{}
		}
		out = append(out, Group{sets(universes, byReason[key]), list})
	}
	return out
}
