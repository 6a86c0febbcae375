package support

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/mitchellh/go-wordwrap"

	"stagecue.dev/internal/plain"
)

// Width is the number of columns that a table is laid out for.
const Width = 80

// WriteText prints a matrix as a table for people: which combinations are
// supported, and for the others which rules reject them. Unless whole is set,
// rows without a supported combination are only counted.
func WriteText(w io.Writer, m *Matrix, whole bool) error {
	g := layout(m, Width, whole, plain.Line)
	var b strings.Builder
	plain.Fprintf(&b, "%s: %d of %s supported\n", m.Stack, g.supported, combinations(g.all))
	if len(g.fixed) > 0 {
		fmt.Fprintf(&b, "always: %s\n", strings.Join(g.fixed, " "))
	}
	if len(m.Axes) > len(g.fixed) && len(g.rows) > 0 {
		b.WriteByte('\n')
		table := tabwriter.NewWriter(&b, 0, 0, gap, ' ', 0)
		for _, line := range append([][]string{g.head}, g.rows...) {
			fmt.Fprintln(table, strings.Join(line, "\t"))
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	if g.left > 0 {
		fmt.Fprintf(&b, "\n%s without a supported combination left out; --all shows all\n", rows(g.left))
	}
	for i, r := range g.notes {
		if i == 0 {
			b.WriteByte('\n')
		}
		b.WriteString(note(fmt.Sprintf("[%d] ", i+1), plain.Line(r.Name)+": "+plain.Words(r.Because)))
		if r.See != "" {
			plain.Fprintf(&b, "    %s\n", r.See)
		}
	}
	_, err := io.WriteString(w, trimmed(b.String()))
	return err
}

// note is a paragraph behind its number, wrapped to the width of the table.
func note(number, text string) string {
	indent := strings.Repeat(" ", len(number))
	lines := strings.Split(wordwrap.WrapString(text, uint(Width-len(number))), "\n")
	text = strings.Join(lines, "\n"+indent)
	// GitHub takes a line that begins so, in the log of a job, for a command.
	text = strings.ReplaceAll(text, "\n"+indent+"::", " ::")
	return number + text + "\n"
}

func combinations(n int) string {
	if n == 1 {
		return "1 combination is"
	}
	return fmt.Sprintf("%d combinations are", n)
}

func rows(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

// trimmed takes away the blanks that fill up the last column.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}
