package support

import (
	"fmt"
	"io"
	"math"
	"strings"

	"stagecue.dev/internal/plain"
)

// PageName is the name of the page in the folder of a stack.
const PageName = "SUPPORT.md"

// A Page says what there is of a stack, and what there is not and why.
type Page struct {
	// Header says whose file it is.
	Header string
	Matrix *Matrix
	// Images are in the order in which they are shown.
	Images []Image
}

// An Image is a row of the page: a target of a variant.
type Image struct {
	// Values are those of the axes, in their order.
	Values []string
	// Path is that of the Dockerfile, from the page.
	Path string
	// Target is the stage, Default whether it is built where none is named.
	Target      string
	Default     bool
	Description string
	Tags        []string
	Platforms   []string
	// From are the images that it takes to build it.
	From []string
}

// maxListed is how many combinations are gone through for a table of them.
const maxListed = 20_000

// written is how much is put together before it is written.
const written = 32 << 10

// WritePage writes the page as Markdown, piece by piece.
func WritePage(w io.Writer, p *Page) error {
	m := p.Matrix
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- %s -->\n\n# %s\n", plain.Comment(p.Header), plain.Markdown(m.Stack))
	var g grid
	if b.WriteByte('\n'); m.size() <= maxListed {
		g = layout(m, math.MaxInt, false, plain.Markdown)
		g.markdown(&b, m)
	} else {
		b.WriteString("The combinations are too many for a table; `stagecue matrix --why` judges any of them.\n")
	}
	b.WriteString("\n## Images\n\n")
	if err := p.images(w, &b); err != nil {
		return err
	}
	if lines := m.rejections(g.notes); len(lines) > 0 {
		b.WriteString("\n## Not supported\n\n")
		for _, line := range lines {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// size is the number of combinations, or of as many as anybody counts.
func (m *Matrix) size() int {
	n := 1
	for _, a := range m.Axes {
		if n *= len(a.Values); n > maxListed {
			return n
		}
	}
	return n
}

// images writes a table of all targets. A column that would be empty, or that
// says the same everywhere, as an axis of one value does, is left out. What is
// left in the builder is still to be written.
func (p *Page) images(w io.Writer, b *strings.Builder) error {
	var head []string
	var columns []func(Image) string
	add := func(name string, cell func(Image) string) {
		for _, image := range p.Images {
			if cell(image) != "" {
				head, columns = append(head, name), append(columns, cell)
				return
			}
		}
	}
	for i, a := range p.Matrix.Axes {
		if len(a.Values) > 1 {
			add(plain.Markdown(a.Name), func(image Image) string { return plain.Markdown(image.Values[i]) })
		}
	}
	add("Dockerfile", func(image Image) string {
		return plain.Link(strings.TrimSuffix(image.Path, "/Dockerfile"), image.Path)
	})
	add("target", func(image Image) string {
		if image.Default {
			return plain.Code(image.Target) + " (default)"
		}
		return plain.Code(image.Target)
	})
	add("tags", func(image Image) string { return codes(image.Tags) })
	add("platforms", func(image Image) string { return each(image.Platforms, plain.Markdown) })
	add("from", func(image Image) string { return codes(image.From) })
	add("description", func(image Image) string { return plain.Markdown(plain.Words(image.Description)) })
	row := func(cells []string) { fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | ")) }
	row(head)
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = "---"
	}
	row(rule)
	cells := make([]string, len(columns))
	for _, image := range p.Images {
		for i, cell := range columns {
			cells[i] = cell(image)
		}
		if row(cells); b.Len() < written {
			continue
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
		b.Reset()
	}
	return nil
}

func codes(all []string) string { return each(all, plain.Code) }

// each are texts one below the other.
func each(all []string, shown func(string) string) string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = shown(s)
	}
	return strings.Join(out, "<br>")
}
