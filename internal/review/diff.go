package review

import (
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	anchored "github.com/rogpeppe/go-internal/diff"
)

// hunk is a change of one Dockerfile: lines without one that stays. old and new
// are the numbers of the first.
type hunk struct {
	lines    []Line
	old, new int
}

// differ collects the hunks of a text.
type differ struct {
	hunks []hunk
	// old and new are the numbers of the next line.
	old, new int
	// open is whether the line before was changed, too.
	open bool
	// before and after are lines that take each other's place.
	before, after []string
}

// diff is how a text came to be another. One library divides the texts at lines
// that each of them has once, which large texts take; the other one finds the
// least that changes in between, which it does not do for large texts.
func diff(before, after string) []hunk {
	d := &differ{}
	text := string(anchored.Diff("", []byte(before), "", []byte(after)))
	_, text, _ = strings.Cut(text, "@@ ")
	for text != "" {
		var part, head string
		part, text, _ = strings.Cut(text, "\n@@ ")
		head, part, _ = strings.Cut(part, "\n")
		d.part(head, part)
	}
	return d.hunks
}

// part reads a part of a unified diff.
func (d *differ) part(head, text string) {
	var olds, news int
	if _, err := fmt.Sscanf(head, "-%d,%d +%d,%d @@", &d.old, &olds, &d.new, &news); err != nil {
		panic(err) // the library writes it in no other way
	}
	if olds == 0 {
		d.old++
	}
	if news == 0 {
		d.new++
	}
	d.open = false
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		switch line[:1] {
		case "-":
			d.before = append(d.before, line[1:])
		case "+":
			d.after = append(d.after, line[1:])
		case " ":
			d.flush()
			d.line(Line{" ", line[1:]})
		}
	}
	d.flush()
}

// flush compares lines that take each other's place.
func (d *differ) flush() {
	before, after := joinLines(d.before), joinLines(d.after)
	d.before, d.after = nil, nil
	if before == after {
		return
	}
	kinds := map[udiff.OpKind]string{udiff.Delete: "-", udiff.Insert: "+", udiff.Equal: " "}
	u, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), len(before))
	if err != nil {
		panic(err) // the edits are those of this text
	}
	for _, h := range u.Hunks {
		for _, l := range h.Lines {
			d.line(Line{kinds[l.Kind], strings.TrimSuffix(l.Content, "\n")})
		}
	}
}

func joinLines(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// line adds a line to the last hunk, or to a new one.
func (d *differ) line(l Line) {
	switch {
	case l.Kind == " ":
		d.open = false
	case d.open:
		last := &d.hunks[len(d.hunks)-1]
		last.lines = append(last.lines, l)
	default:
		d.hunks = append(d.hunks, hunk{[]Line{l}, d.old, d.new})
		d.open = true
	}
	if l.Kind != "+" {
		d.old++
	}
	if l.Kind != "-" {
		d.new++
	}
}

func keyOf(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Kind + l.Text + "\n")
	}
	return b.String()
}

// added are the numbers of the new lines of a hunk that begins at a line.
func added(lines []Line, at int) []int {
	var out []int
	for _, l := range lines {
		if l.Kind == "+" {
			out = append(out, at)
		}
		if l.Kind != "-" {
			at++
		}
	}
	return out
}
