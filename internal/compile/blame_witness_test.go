package compile

import (
	"regexp"
	"strings"
	"testing"

	"stagecue.dev/internal/load"
)

// witness holds lines of Dockerfiles against the CUE that they are said to
// come from.
type witness struct {
	t      *testing.T
	module *load.Module
	// files are the lines of CUE files.
	files                  map[string][]string
	lines, verbatim, words int
}

// all asks of every line of every Dockerfile of the module.
func (w *witness) all() {
	w.t.Helper()
	stacks, list := w.module.Load(nil)
	if list.Errors() > 0 {
		w.t.Fatal(brief(list))
	}
	for _, stack := range stacks {
		c := &compiler{module: w.module, stack: stack, trace: true}
		variants, evaluator, list := c.sequential()
		if list.Errors() > 0 {
			w.t.Fatal(brief(list))
		}
		for _, v := range variants {
			out := c.variant(evaluator, v)
			if out.list.Errors() > 0 {
				w.t.Fatal(brief(out.list))
			}
			b := c.blamed(out)
			for n := range b.Len() {
				w.line(b, b.Line(n+1))
			}
		}
	}
}

// source is the line of CUE at a place.
func (w *witness) source(b *Blamed, number int, p Place) string {
	lines, ok := w.files[p.Span.File]
	if !ok {
		data, found := w.module.Source(p.Span.File)
		if !found {
			w.t.Fatalf("%s:%d comes from %q, which is no file", b.Path, number, p.Span.File)
		}
		lines = strings.Split(string(data), "\n")
		w.files[p.Span.File] = lines
	}
	if p.Span.Line < 1 || p.Span.Line > len(lines) || p.Span.Column < 1 || p.Span.Column > len(lines[p.Span.Line-1])+1 {
		w.t.Fatalf("%s:%d comes from %v, which is no place in the file", b.Path, number, p.Span)
	}
	return lines[p.Span.Line-1]
}

func (w *witness) line(b *Blamed, l BlamedLine) {
	if len(l.Places) == 0 {
		w.t.Fatalf("%s:%d comes from nowhere: %s", b.Path, l.Number, l.Text)
	}
	if !w.module.Positions.IsUser(l.Places[0].Span) {
		w.t.Errorf("%s:%d comes from %v, which nobody can edit", b.Path, l.Number, l.Places[0].Span)
	}
	w.lines++
	var chain []string
	for _, p := range l.Places {
		chain = append(chain, w.source(b, l.Number, p))
	}
	made := b.lines[l.Number-1]
	bare := strings.TrimSpace(chain[0])
	switch {
	case made.Text > 0 && l.Keyword != "ARG" && l.Text != "" && l.Places[0].Role == "text" && insideOfLiteral(chain[0], l.Places[0].Span.Column):
		// A line of a literal of several lines: what it says is what is printed.
		if !regexp.MustCompile("^" + pattern(bare) + "$").MatchString(strings.TrimSpace(l.Text)) {
			w.t.Errorf("%s:%d is %q, and comes from %v, which says %q", b.Path, l.Number, l.Text, l.Places[0].Span, bare)
		}
		w.verbatim++
	}
	if shareWords(l.Text, strings.Join(chain, "\n")) {
		w.words++
	}
}

// insideOfLiteral tells whether a place is the text of a line in a literal of
// several lines: no expression starts there.
func insideOfLiteral(line string, column int) bool {
	return strings.TrimSpace(line[:column-1]) == "" && !strings.ContainsAny(line[column-1:column], `"#_[{`) && !strings.HasPrefix(line[column-1:], "strings.")
}

// pattern matches what a line of a literal becomes.
func pattern(line string) string {
	hole := regexp.MustCompile(`\\#\((?:[^()]|\([^()]*\))*\)`)
	var b strings.Builder
	for n, text := range hole.Split(line, -1) {
		if n > 0 {
			b.WriteString(".*")
		}
		b.WriteString(regexp.QuoteMeta(text))
	}
	return `(RUN )?` + b.String()
}

// shareWords tells whether a word of one text stands in the other.
func shareWords(text, in string) bool {
	for _, word := range regexp.MustCompile(`[A-Za-z0-9_]{3,}`).FindAllString(text, -1) {
		if strings.Contains(in, word) {
			return true
		}
	}
	return false
}
