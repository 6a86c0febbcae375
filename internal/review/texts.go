package review

import (
	"slices"
	"strings"
)

const (
	// context is how many lines around a hunk are shown.
	context = 2
	// joined is how many lines that stay may be in a hunk one after the other.
	joined = 2
)

// texts are new Dockerfiles, by path.
type texts struct {
	lines map[string][]string
	// changed are the lines that are new.
	changed map[string]map[int]bool
}

func newTexts(changes []*change) texts {
	t := texts{map[string][]string{}, map[string]map[int]bool{}}
	for _, c := range changes {
		for _, p := range c.places {
			path := p.pair.new.Path
			if t.changed[path] == nil {
				t.changed[path] = map[int]bool{}
			}
			for _, n := range added(c.lines, p.new) {
				t.changed[path][n] = true
			}
		}
	}
	return t
}

// line is a line of a Dockerfile.
func (t texts) line(v Variant, number int) (string, bool) {
	lines, ok := t.lines[v.Path]
	if !ok {
		lines = strings.Split(strings.TrimSuffix(v.Text, "\n"), "\n")
		t.lines[v.Path] = lines
	}
	if number < 1 || number > len(lines) {
		return "", false
	}
	return lines[number-1], true
}

// around are the lines of a change with those before and after it, as far as
// they are the same everywhere. Empty ones at the ends show nothing.
func (t texts) around(c *change) []Line {
	var before, after []Line
	for n := 1; n <= context; n++ {
		text, ok := t.common(c, -n)
		if !ok {
			break
		}
		before = slices.Insert(before, 0, Line{" ", text})
	}
	for n := range context {
		text, ok := t.common(c, c.height()+n)
		if !ok {
			break
		}
		after = append(after, Line{" ", text})
	}
	for len(before) > 0 && before[0].Text == "" {
		before = before[1:]
	}
	for len(after) > 0 && after[len(after)-1].Text == "" {
		after = after[:len(after)-1]
	}
	return slices.Concat(before, c.lines, after)
}

// common is the line that is so far below the beginning of a change in all of
// its places, and has not changed in any.
func (t texts) common(c *change, offset int) (string, bool) {
	first, _ := t.line(c.places[0].pair.new, c.places[0].new+offset)
	for _, p := range c.places {
		text, ok := t.line(p.pair.new, p.new+offset)
		if !ok || text != first || t.changed[p.pair.new.Path][p.new+offset] {
			return "", false
		}
	}
	return first, true
}

// join makes one of changes that follow each other in all of their places, with
// the same few lines in between.
func (t texts) join(changes []*change) []*change {
	type start struct {
		path string
		line int
	}
	at := map[start]*change{}
	for _, c := range changes {
		at[start{c.places[0].pair.new.Path, c.places[0].new}] = c
	}
	gone := map[*change]bool{}
	for _, c := range changes {
		if gone[c] {
			continue
		}
		for gap := 1; gap <= joined; gap++ {
			first := c.places[0]
			next := at[start{first.pair.new.Path, first.new + c.height() + gap}]
			if next == nil || gone[next] || !t.follows(c, next, gap) {
				continue
			}
			for end := c.height(); end < next.places[0].new-first.new; end++ {
				text, _ := t.common(c, end)
				c.lines = append(c.lines, Line{" ", text})
			}
			c.lines = append(c.lines, next.lines...)
			gone[next] = true
			gap = 0
		}
	}
	return slices.DeleteFunc(changes, func(c *change) bool { return gone[c] })
}

// follows tells whether a change comes after another everywhere, in the same
// stage, with as many lines in between, which are the same.
func (t texts) follows(c, next *change, gap int) bool {
	if c == next || len(c.places) != len(next.places) {
		return false
	}
	for i, p := range c.places {
		q := next.places[i]
		if q.pair.new.Path != p.pair.new.Path || q.new != p.new+c.height()+gap {
			return false
		}
	}
	for n := range gap {
		if text, ok := t.common(c, c.height()+n); !ok || strings.HasPrefix(text, "FROM ") {
			return false
		}
	}
	return true
}
