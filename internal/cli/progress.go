package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/plain"
	"stagecue.dev/internal/report"
)

const (
	// progressAfter is how long a run may take without a word.
	progressAfter = time.Second
	// progressEvery is how often its line is drawn again.
	progressEvery = 100 * time.Millisecond
)

// progress shows how far a compile is to somebody who waits at a terminal. The
// caller stops it before anything else is printed: by then it has left nothing
// behind.
func (a *app) progress(p *compile.Progress) (stop func()) {
	if !a.showsProgress(report.IsTerminal(a.stderr.to)) {
		return func() {}
	}
	line := &statusLine{out: a.stderr, width: a.rendering.Width}
	return every(func() { line.show(progressText(p.Now())) }, line.clear)
}

// showsProgress: a line that is drawn again and again is noise in a log, and a
// dumb terminal cannot go back to its start.
func (a *app) showsProgress(terminal bool) bool {
	return terminal && !a.quiet && a.format == "text" && a.getenv("TERM") != "dumb"
}

func progressText(stack string, done, total int) string {
	switch {
	case stack == "":
		return "reading the stacks"
	case total == 0:
		return plain.Line(stack) + ": reading the matrix"
	}
	return fmt.Sprintf("%s: %d of %s", plain.Line(stack), done, count(total, "variant"))
}

// every draws after a while and then again and again, until stop is called.
// What has been drawn is cleared before stop returns.
func every(draw, clear func()) (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		next := time.NewTimer(progressAfter)
		defer next.Stop()
		for {
			select {
			case <-quit:
				clear()
				return
			case <-next.C:
				draw()
				next.Reset(progressEvery)
			}
		}
	}()
	return func() {
		close(quit)
		<-done
	}
}

// statusLine is one line of a terminal that is drawn over. It needs no escape
// sequences, which not every terminal of Windows knows.
type statusLine struct {
	out io.Writer
	// width is the number of columns, 0 if it is not known.
	width int
	shown string
}

// show replaces the line. What does not fit is cut off: a line that wraps could
// not be drawn over.
func (l *statusLine) show(text string) {
	text = runewidth.Truncate(text, l.columns(), "")
	if text == l.shown {
		return
	}
	rest := max(0, runewidth.StringWidth(l.shown)-runewidth.StringWidth(text))
	fmt.Fprintf(l.out, "\r%s%s", text, strings.Repeat(" ", rest))
	l.shown = text
}

// clear removes the line, with the ^C that a terminal may have put behind it.
func (l *statusLine) clear() {
	if l.shown == "" {
		return
	}
	cells := min(runewidth.StringWidth(l.shown)+len("^C"), l.columns())
	fmt.Fprintf(l.out, "\r%s\r", strings.Repeat(" ", cells))
	l.shown = ""
}

// columns are those that can be written to: behind the last one, some terminals
// go to the next line.
func (l *statusLine) columns() int {
	if l.width == 0 {
		return 79
	}
	return l.width - 1
}
