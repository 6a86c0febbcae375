package graph

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
)

const (
	// fontSize and charWidth are of the name of a node. Text is stretched to the
	// width that is reckoned with, whatever font there is.
	fontSize  = 13.0
	charWidth = 8.0
	lineRoom  = 17.0
	// small is the size of notes and labels, by which of those of names.
	small   = 0.85
	padding = 10.0
	margin  = 16.0
)

// WriteSVG prints a graph as a picture.
func WriteSVG(w io.Writer, g Graph) error {
	g = g.readable()
	l := arrange(g, nodeSize, labelSize)
	legend := legendOf(g)
	width, height := max(l.w, legend.width)+2*margin, l.h+2*margin+legend.height
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" font-family="monospace" font-size="%s" text-anchor="middle">`+"\n",
		number(width), number(height), number(width), number(height), number(fontSize))
	fmt.Fprintf(&b, "<title>%s</title>\n", xmlText(g.Title))
	b.WriteString(`<defs><marker id="arrow" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z"/></marker></defs>` + "\n")
	b.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	fmt.Fprintf(&b, "<g transform=\"translate(%s %s)\">\n", number(margin), number(margin))
	for _, line := range l.lines {
		l.writeLine(&b, g, line)
	}
	for _, box := range l.boxes {
		switch {
		case box.node >= 0:
			writeNode(&b, g.Nodes[box.node], box)
		case box.edge >= 0:
			writeText(&b, g.Edges[box.edge].Label, box.x+box.w/2, box.y-4, small)
		}
	}
	legend.write(&b, l.h+margin)
	b.WriteString("</g>\n</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func nodeSize(n Node) (w, h float64) {
	w = textWidth(n.Name)
	for _, note := range n.Notes {
		w = max(w, textWidth(note)*small)
	}
	return w + 2*padding, lineRoom*float64(1+len(n.Notes)) + padding
}

// labelSize has room above the line that a label stands on, and as much below.
func labelSize(text string) (w, h float64) { return textWidth(text)*small + 8, 2 * lineRoom * small }

func textWidth(s string) float64 { return charWidth * float64(runewidth.StringWidth(s)) }

// writeLine draws the part of an edge between two columns, and how it goes
// through a passage.
func (l *layout) writeLine(b *strings.Builder, g Graph, line line) {
	from, to := l.boxes[line.from], l.boxes[line.to]
	x, end := from.x+from.w, to.x
	bend := (end - x) / 2
	arrow := [...]string{"", ` marker-start="url(#arrow)"`, ` marker-end="url(#arrow)"`}[line.arrow]
	fmt.Fprintf(b, `<path d="M%s %sC%s %s %s %s %s %s`, number(x), number(from.y),
		number(x+bend), number(from.y), number(end-bend), number(to.y), number(end), number(to.y))
	if to.node < 0 {
		fmt.Fprintf(b, "H%s", number(to.x+to.w))
	}
	fmt.Fprintf(b, "\" fill=\"none\" stroke=\"black\"%s%s/>\n", svgStyle(g.Edges[line.edge].Use), arrow)
}

func svgStyle(u Use) string {
	return [...]string{` stroke-width="2"`, ` stroke-width="1"`, ` stroke-width="1.2" stroke-dasharray="4 3"`}[u]
}

func writeNode(b *strings.Builder, n Node, at box) {
	rect := func(inset float64, style string) {
		fmt.Fprintf(b, "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s/>\n", number(at.x+inset), number(at.y-at.h/2+inset),
			number(at.w-2*inset), number(at.h-2*inset), style)
	}
	switch n.Kind {
	case External:
		rect(0, `rx="12" fill="#f2f2f2" stroke="black" stroke-dasharray="2 2"`)
	case Plain:
		rect(0, `fill="white" stroke="black"`)
	case Target:
		rect(0, `fill="#dcebfa" stroke="black" stroke-width="2"`)
	case Default:
		rect(0, `fill="#dcebfa" stroke="black" stroke-width="2"`)
		rect(3.5, `fill="none" stroke="black"`)
	}
	y := at.y - at.h/2 + padding/2 + lineRoom*0.75
	writeText(b, n.Name, at.x+at.w/2, y, 1)
	for _, note := range n.Notes {
		y += lineRoom
		writeText(b, note, at.x+at.w/2, y, small)
	}
}

// writeText writes a line of text around x.
func writeText(b *strings.Builder, s string, x, y, scale float64) {
	size := ""
	if scale != 1 {
		size = fmt.Sprintf(` font-size="%s"`, number(fontSize*scale))
	}
	fmt.Fprintf(b, "<text x=\"%s\" y=\"%s\" textLength=\"%s\" lengthAdjust=\"spacingAndGlyphs\"%s>%s</text>\n",
		number(x), number(y), number(textWidth(s)*scale), size, xmlText(s))
}

// number is a coordinate with at most one digit behind the point, so that the
// last bits of a sum, which may differ between machines, do not show.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
