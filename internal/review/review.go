package review

import (
	"cmp"
	"slices"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// Input is what is compared.
type Input struct {
	// Base is the revision of the old state, as the user names it.
	Base string
	// Old and New are the Dockerfiles of both states.
	Old, New []Variant
	// Gone says why there is no such variant any more, Come why there is one now.
	Gone, Come func(v Variant) []Reason
	// Blame finds the places in CUE that lines of new Dockerfiles come from, by
	// path and line.
	Blame func(lines map[string][]int) map[string]map[int]source.Span
	// Notes are what the reader is to know of the comparison itself.
	Notes []string
}

// A Reason is why there is a variant, or why there is none.
type Reason struct {
	Text string `json:"text"`
	// Place is what decides about it, if that is one place.
	Place source.Span `json:"place,omitzero"`
	// See is where more is said about it.
	See string `json:"see,omitempty"`
}

// A Review is what a change does.
type Review struct {
	Version int    `json:"version"`
	Base    string `json:"base"`
	// Before and After are numbers of Dockerfiles, Changed of those that are
	// there in both states.
	Before  int `json:"before"`
	After   int `json:"after"`
	Changed int `json:"changed"`
	// Removed and Added are variants with the same reasons.
	Removed []Group  `json:"removed"`
	Added   []Group  `json:"added"`
	Moved   []Move   `json:"moved"`
	Hunks   []Hunk   `json:"hunks"`
	Cache   []Cause  `json:"cache"`
	Targets []Change `json:"targets"`
	Notes   []string `json:"notes"`
}

// A Group is variants that are removed or added for the same reasons.
type Group struct {
	Sets    []Set    `json:"sets"`
	Reasons []Reason `json:"reasons"`
}

// A Move is a Dockerfile of the same variant in another place.
type Move struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// pair is a Dockerfile in both states.
type pair struct{ old, new Variant }

// reviewer is the state of one Run.
type reviewer struct {
	Input
	// before and after are all variants of each stack in both states.
	before, after map[string]*universe
	pairs         []pair
	// outlines are what is known of texts.
	outlines map[string]dockerfile.Outline
	out      Review
}

// Run compares.
func Run(in Input) Review {
	in.Old, in.New = sorted(in.Old), sorted(in.New)
	r := &reviewer{Input: in, before: universes(in.Old), after: universes(in.New), outlines: map[string]dockerfile.Outline{}}
	r.out = Review{
		Version: 1, Base: in.Base, Before: len(in.Old), After: len(in.New),
		Removed: []Group{}, Added: []Group{}, Moved: []Move{}, Hunks: []Hunk{}, Cache: []Cause{}, Targets: []Change{}, Notes: in.Notes,
	}
	if r.out.Notes == nil {
		r.out.Notes = []string{}
	}
	removed, added := r.match()
	r.out.Removed = append(r.out.Removed, groups(r.before, removed, r.Gone)...)
	r.out.Added = append(r.out.Added, groups(r.after, added, r.Come)...)
	r.pairs = slices.DeleteFunc(r.pairs, r.same)
	r.out.Changed = len(r.pairs)
	r.hunks()
	r.cache()
	r.targets()
	return r.out
}

// sorted are variants by path, with their values by axis.
func sorted(variants []Variant) []Variant {
	out := slices.Clone(variants)
	for i := range out {
		out[i].Values = slices.Clone(out[i].Values)
		sortValues(out[i].Values)
	}
	slices.SortFunc(out, func(a, b Variant) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

func universes(variants []Variant) map[string]*universe {
	stacks := map[string][]Variant{}
	for _, v := range variants {
		stacks[v.Stack] = append(stacks[v.Stack], v)
	}
	out := map[string]*universe{}
	for stack, list := range stacks {
		out[stack] = newUniverse(list)
	}
	return out
}
