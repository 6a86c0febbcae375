package review

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/source"
)

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// summary is the review in one line.
func (r *Review) summary() string {
	var words []string
	for _, part := range []struct {
		n    int
		word string
	}{{files(r.Added), "added"}, {files(r.Removed), "removed"}, {len(r.Moved), "moved"}, {r.Changed, "changed"}} {
		if part.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	if len(words) == 0 {
		words = []string{"nothing changes"}
	}
	dockerfiles := count(r.After, "Dockerfile")
	if r.Before != r.After {
		dockerfiles += fmt.Sprintf(", %d at %s", r.Before, r.Base)
	}
	return fmt.Sprintf("%s since %s (%s)", strings.Join(words, ", "), r.Base, dockerfiles)
}

// files is the number of Dockerfiles of groups.
func files(groups []Group) int {
	n := 0
	for _, g := range groups {
		for _, s := range g.Sets {
			n += len(s.Paths)
		}
	}
	return n
}

// shownParts is how many selections are shown of a set.
const shownParts = 8

// setWords are sets in words: "app: all 18; model: os=debian12". Names of stacks
// are left out if there is but one.
func setWords(sets []Set, stacks bool) string {
	words := make([]string, len(sets))
	for i, s := range sets {
		parts := s.Of
		more := ""
		if n := len(parts); n > shownParts {
			parts, more = parts[:shownParts], fmt.Sprintf("; and %d more", n-shownParts)
		}
		words[i] = strings.Join(parts, "; ") + more
		if stacks {
			words[i] = s.Stack + ": " + words[i]
		}
	}
	return strings.Join(words, "; ")
}

// words are a number, or the least and the most.
func (r Range) words() string {
	if r.Least == r.Most {
		return fmt.Sprint(r.Least)
	}
	return fmt.Sprintf("%d-%d", r.Least, r.Most)
}

// shortened is text that fits into a line.
func shortened(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	return string(runes[:limit-3]) + "..."
}

// placeWords are places in order, those of one file together: "a.cue:3, 7-9;
// b.cue:1".
func placeWords(places []source.Span, relative func(string) string) string {
	var b strings.Builder
	file := ""
	for i := 0; i < len(places); i++ {
		first := places[i]
		for i+1 < len(places) && places[i+1].File == first.File && places[i+1].Line == places[i].Line+1 {
			i++
		}
		switch {
		case first.File == file:
			b.WriteString(", ")
		case file != "":
			b.WriteString("; ")
			fallthrough
		default:
			b.WriteString(relative(first.File) + ":")
		}
		file = first.File
		fmt.Fprint(&b, first.Line)
		if last := places[i].Line; last > first.Line {
			fmt.Fprintf(&b, "-%d", last)
		}
	}
	return b.String()
}

// stageWords are the stages of a hunk.
func (h *Hunk) stageWords() string {
	switch len(h.Stages) {
	case 0:
		return "above the stages"
	case 1:
		return "stage " + h.Stages[0]
	}
	return "stages " + strings.Join(h.Stages, ", ")
}

// fileWords say where a hunk is, with the number of places if that is not the
// number of files.
func (h *Hunk) fileWords(stacks bool) string {
	n := 0
	for _, s := range h.Sets {
		n += len(s.Paths)
	}
	words := setWords(h.Sets, stacks)
	if h.Count > n {
		words += fmt.Sprintf(", in %d places", h.Count)
	}
	return words
}

// again is what builds of the targets do again: "runtime 4 of 5, dev 5 of 6".
func (c *Cause) again() string {
	words := make([]string, len(c.Targets))
	for i, t := range c.Targets {
		words[i] = fmt.Sprintf("%s %s of %s", t.Target, t.Again.words(), t.Of.words())
	}
	return strings.Join(words, ", ")
}

// words are a change of targets.
func (c *Change) words() string {
	var parts []string
	for _, s := range c.Removed {
		parts = append(parts, "-"+s)
	}
	for _, s := range c.Added {
		parts = append(parts, "+"+s)
	}
	words := strings.Join(parts, " ")
	switch {
	case c.What == "target" && len(c.Added) > 0:
		return "is new"
	case c.What == "target":
		return "is gone"
	case c.Example != "":
		words += " in " + strings.TrimSuffix(c.Example, "/Dockerfile") + ", and alike in the others"
	}
	return c.What + " " + words
}
