package review

import (
	"fmt"
	"io"
	"strings"

	"stagecue.dev/internal/plain"
)

const (
	// maxMarkdown is how long a comment may become: GitHub takes 65,536
	// characters.
	maxMarkdown = 60_000
	// maxHunk is how many lines of a hunk a comment shows.
	maxHunk = 40
)

// WriteMarkdown prints a review for a comment on a pull request. What does not
// fit is left out, with a word on it.
func WriteMarkdown(w io.Writer, r *Review, relative func(string) string) error {
	m := &markdown{relative: relative, stacks: r.severalStacks()}
	m.line("### Images: " + plain.Markdown(r.summary()))
	m.groups("Removed", r.Removed)
	m.groups("Added", r.Added)
	if len(r.Moved) > 0 {
		m.section("Moved")
	}
	for _, move := range r.Moved {
		m.item(fmt.Sprintf("%s to %s", plain.Code(move.From), plain.Code(move.To)), nil)
	}
	if len(r.Cache) > 0 {
		m.section(cacheTitle)
	}
	for _, c := range r.Cache {
		first := plain.Markdown(c.Why)
		if c.Stage != "" {
			first = fmt.Sprintf("%s in stage %s: %s", first, plain.Code(c.Stage), plain.Code(shortened(c.Instruction, 90)))
		}
		m.item(plain.Markdown(setWords(c.Sets, m.stacks))+": "+first, []string{plain.Markdown(c.again())})
	}
	if len(r.Targets) > 0 {
		m.section("Targets")
	}
	for _, c := range r.Targets {
		m.item(fmt.Sprintf("target %s (%s): %s", plain.Code(c.Target), plain.Markdown(setWords(c.Sets, m.stacks)), plain.Markdown(c.words())), nil)
	}
	for _, note := range r.Notes {
		m.add("\n> " + plain.Markdown(note) + "\n")
	}
	if len(r.Hunks) > 0 {
		m.section("Changed")
	}
	for _, h := range r.Hunks {
		m.hunk(&h)
	}
	if m.left > 0 {
		fmt.Fprintf(&m.b, "\n%d more left out: see all with %s.\n", m.left, plain.Code("stagecue review --base "+r.Base))
	}
	_, err := io.WriteString(w, m.b.String())
	return err
}

// markdown is a comment while it is written.
type markdown struct {
	b        strings.Builder
	relative func(string) string
	stacks   bool
	// left counts what did not fit.
	left int
}

// add writes text, unless it does not fit. Once something did not, nothing does:
// what comes after would seem to be all.
func (m *markdown) add(text string) {
	if m.left > 0 || m.b.Len()+len(text) > maxMarkdown {
		m.left++
		return
	}
	m.b.WriteString(text)
}

func (m *markdown) line(text string)     { m.add(text + "\n") }
func (m *markdown) section(title string) { m.add("\n**" + title + "**\n\n") }

func (m *markdown) item(text string, below []string) {
	text = "- " + text + "\n"
	for _, b := range below {
		text += "  - " + b + "\n"
	}
	m.add(text)
}

func (m *markdown) groups(title string, groups []Group) {
	if len(groups) > 0 {
		m.section(title)
	}
	for _, g := range groups {
		var reasons []string
		for _, r := range g.Reasons {
			reasons = append(reasons, r.markdown(m.relative))
		}
		m.item(plain.Markdown(setWords(g.Sets, m.stacks)), reasons)
	}
}

// hunk writes a hunk that can be opened.
func (m *markdown) hunk(h *Hunk) {
	var b strings.Builder
	fmt.Fprintf(&b, "<details><summary>%s (%s)</summary>\n\n", plain.HTML(h.fileWords(m.stacks)), plain.HTML(h.stageWords()))
	fence := h.fence()
	b.WriteString(fence + "diff\n")
	for i, l := range h.Lines {
		if i == maxHunk {
			fmt.Fprintf(&b, "  ... and %s\n", count(len(h.Lines)-i, "more line"))
			break
		}
		b.WriteString(strings.TrimRight(l.Kind+plain.Source(l.Text), " ") + "\n")
	}
	b.WriteString(fence + "\n")
	if len(h.From) > 0 {
		fmt.Fprintf(&b, "\nfrom %s\n", plain.Code(placeWords(h.From, m.relative)))
	}
	b.WriteString("\n</details>\n")
	m.add(b.String())
}

// fence is longer than any run of backticks in the hunk.
func (h *Hunk) fence() string {
	longest := 2
	for _, l := range h.Lines {
		run := 0
		for _, c := range l.Text {
			if run++; c != '`' {
				run = 0
			}
			longest = max(longest, run)
		}
	}
	return strings.Repeat("`", longest+1)
}
