package support

import (
	"fmt"
	"io"
	"math"
	"strings"

	"stagecue.dev/internal/plain"
)

// WriteMarkdown prints a matrix as a section of a Markdown page.
func WriteMarkdown(w io.Writer, m *Matrix, whole bool) error {
	g := layout(m, math.MaxInt, whole, plain.Markdown)
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n", plain.Markdown(m.Stack))
	g.markdown(&b, m)
	for i, r := range g.notes {
		if i == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "- [%d] %s: %s", i+1, plain.Markdown(r.Name), plain.Markdown(plain.Words(r.Because)))
		if r.See != "" {
			fmt.Fprintf(&b, " (%s)", plain.Address(r.See))
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown writes the table, and what is to be said of all of it.
func (g *grid) markdown(b *strings.Builder, m *Matrix) {
	fmt.Fprintf(b, "%d of %s supported.\n", g.supported, combinations(g.all))
	if len(g.fixed) > 0 {
		fmt.Fprintf(b, "Always: %s.\n", strings.Join(g.fixed, ", "))
	}
	if len(m.Axes) > len(g.fixed) && len(g.rows) > 0 {
		b.WriteByte('\n')
		rule := make([]string, len(g.head))
		for i := range rule {
			rule[i] = "---"
		}
		for _, line := range append([][]string{g.head, rule}, g.rows...) {
			fmt.Fprintf(b, "| %s |\n", strings.Join(line, " | "))
		}
	}
	if g.left > 0 {
		fmt.Fprintf(b, "\n%s without a supported combination left out.\n", rows(g.left))
	}
}
