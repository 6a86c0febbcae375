package review

import (
	"cmp"
	"slices"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// A Hunk is one change of text, in all the places where it is made.
type Hunk struct {
	// Stages are the names of the stages that it is in; none for the lines above.
	Stages []string `json:"stages"`
	Lines  []Line   `json:"lines"`
	// Count is the number of places, which may be more than there are files.
	Count int   `json:"count"`
	Sets  []Set `json:"sets"`
	// From are the places in CUE that the new lines come from.
	From []source.Span `json:"from"`
}

// A Line is a line of a hunk.
type Line struct {
	// Kind is "+" for a new line, "-" for an old one and " " for one of both.
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// place is where a hunk is.
type place struct {
	pair pair
	// old and new are the numbers of its first lines, or of the line that it
	// stands before.
	old, new int
}

// change is what several places have in common.
type change struct {
	lines  []Line
	places []place
}

// height is the number of its lines in the new text.
func (c *change) height() int {
	n := 0
	for _, l := range c.lines {
		if l.Kind != "-" {
			n++
		}
	}
	return n
}

// hunks groups the changes of all Dockerfiles by what they say.
func (r *reviewer) hunks() {
	changes := r.changes()
	texts := newTexts(changes)
	changes = texts.join(changes)
	wanted := map[string][]int{}
	for _, c := range changes {
		first := c.places[0]
		wanted[first.pair.new.Path] = append(wanted[first.pair.new.Path], added(c.lines, first.new)...)
	}
	blamed := map[string]map[int]source.Span{}
	if r.Blame != nil {
		blamed = r.Blame(wanted)
	}
	for _, c := range changes {
		h := Hunk{Lines: texts.around(c), Count: len(c.places), From: []source.Span{}, Stages: r.stagesOf(c)}
		var files []Variant
		for _, p := range c.places {
			if len(files) == 0 || files[len(files)-1].Path != p.pair.new.Path {
				files = append(files, p.pair.new)
			}
		}
		h.Sets = sets(r.after, files)
		first := c.places[0]
		for _, n := range added(c.lines, first.new) {
			at := blamed[first.pair.new.Path][n]
			at = source.Span{File: at.File, Line: at.Line}
			if at.IsValid() && !slices.Contains(h.From, at) {
				h.From = append(h.From, at)
			}
		}
		slices.SortFunc(h.From, func(a, b source.Span) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
		})
		r.out.Hunks = append(r.out.Hunks, h)
	}
}

// changes are the changes of all Dockerfiles, each with its places, in the order
// in which they come first.
func (r *reviewer) changes() []*change {
	var out []*change
	byKey := map[string]*change{}
	for _, p := range r.pairs {
		if p.old.Text == p.new.Text {
			continue
		}
		for _, h := range diff(p.old.Text, p.new.Text) {
			key := keyOf(h.lines)
			c := byKey[key]
			if c == nil {
				c = &change{lines: h.lines}
				byKey[key] = c
				out = append(out, c)
			}
			c.places = append(c.places, place{p, h.old, h.new})
		}
	}
	return out
}

// stagesOf are the stages that a hunk is in, in the order in which they come.
func (r *reviewer) stagesOf(c *change) []string {
	out := []string{}
	for _, p := range c.places {
		state, at := p.pair.new, p.new
		if len(added(c.lines, at)) == 0 {
			state, at = p.pair.old, p.old
		}
		name := ""
		for _, s := range r.outline(state).Stages {
			if s.Line <= at {
				name = s.Name
			}
		}
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// outline reads a text, once. One that does not parse, which somebody must have
// edited by hand, has no stages.
func (r *reviewer) outline(v Variant) dockerfile.Outline {
	o, ok := r.outlines[v.Text]
	if !ok {
		o, _ = dockerfile.ReadOutline([]byte(v.Text))
		r.outlines[v.Text] = o
	}
	return o
}
