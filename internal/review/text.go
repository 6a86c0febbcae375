package review

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"stagecue.dev/internal/plain"
)

// cacheTitle says what the numbers below it count.
const cacheTitle = "Build cache: RUN, COPY and ADD that are done again"

// WriteText prints a review for a terminal. relative turns paths of the module
// into those that are printed.
func WriteText(w io.Writer, r *Review, relative func(string) string) error {
	var b strings.Builder
	stacks := r.severalStacks()
	b.WriteString(plain.Line(r.summary()) + "\n")
	for _, part := range []struct {
		title  string
		groups []Group
	}{{"Removed", r.Removed}, {"Added", r.Added}} {
		if len(part.groups) > 0 {
			plain.Fprintf(&b, "\n%s\n", part.title)
		}
		for _, g := range part.groups {
			plain.Fprintf(&b, "  %s\n", setWords(g.Sets, stacks))
			for _, reason := range g.Reasons {
				plain.Fprintf(&b, "    %s\n", reason.words(relative))
			}
		}
	}
	if len(r.Moved) > 0 {
		b.WriteString("\nMoved\n")
	}
	for _, m := range r.Moved {
		plain.Fprintf(&b, "  %s to %s\n", m.From, m.To)
	}
	if len(r.Hunks) > 0 {
		b.WriteString("\nChanged\n")
	}
	for i, h := range r.Hunks {
		if i > 0 {
			b.WriteByte('\n')
		}
		plain.Fprintf(&b, "  %s (%s)\n", h.fileWords(stacks), h.stageWords())
		for _, l := range h.Lines {
			b.WriteString(strings.TrimRight("    "+l.Kind+plain.Source(l.Text), " ") + "\n")
		}
		if len(h.From) > 0 {
			plain.Fprintf(&b, "    from %s\n", placeWords(h.From, relative))
		}
	}
	if len(r.Cache) > 0 {
		b.WriteString("\n" + cacheTitle + "\n")
	}
	for _, c := range r.Cache {
		first := c.Why
		if c.Stage != "" {
			first = fmt.Sprintf("%s in stage %s: %s", c.Why, c.Stage, shortened(c.Instruction, 90))
		}
		plain.Fprintf(&b, "  %s: %s\n    %s\n", setWords(c.Sets, stacks), first, c.again())
	}
	if len(r.Targets) > 0 {
		b.WriteString("\nTargets\n")
	}
	for _, c := range r.Targets {
		plain.Fprintf(&b, "  target %s (%s): %s\n", c.Target, setWords(c.Sets, stacks), c.words())
	}
	for i, note := range r.Notes {
		if i == 0 {
			b.WriteByte('\n')
		}
		plain.Fprintf(&b, "note: %s\n", note)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// words are a reason on one line.
func (r *Reason) words(relative func(string) string) string {
	out := r.from(relative)
	if r.See != "" {
		out += ", see " + r.See
	}
	return out
}

// markdown is a reason on one line of Markdown.
func (r *Reason) markdown(relative func(string) string) string {
	out := plain.Markdown(r.from(relative))
	if r.See != "" {
		out += ", see " + plain.Address(r.See)
	}
	return out
}

// from is a reason with its place. It may be text of several lines in CUE.
func (r *Reason) from(relative func(string) string) string {
	out := plain.Words(r.Text)
	if r.Place.IsValid() {
		out += fmt.Sprintf(" (%s:%d)", relative(r.Place.File), r.Place.Line)
	}
	return out
}

// severalStacks tells whether the names of stacks are worth saying.
func (r *Review) severalStacks() bool {
	var names []string
	note := func(sets []Set) {
		for _, s := range sets {
			if !slices.Contains(names, s.Stack) {
				names = append(names, s.Stack)
			}
		}
	}
	for _, g := range slices.Concat(r.Removed, r.Added) {
		note(g.Sets)
	}
	for _, h := range r.Hunks {
		note(h.Sets)
	}
	for _, c := range r.Targets {
		note(c.Sets)
	}
	return len(names) > 1
}
