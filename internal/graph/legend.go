package graph

import (
	"fmt"
	"strings"
)

// legend says what the lines of a picture mean.
type legend struct {
	uses          []Use
	width, height float64
}

const (
	// sample is the length of a line in the legend.
	sample    = 40.0
	legendGap = 24.0
)

// legendOf is empty if all lines mean the same.
func legendOf(g Graph) legend {
	l := legend{uses: g.uses()}
	if len(l.uses) < 2 {
		return legend{}
	}
	for _, u := range l.uses {
		l.width += sample + 8 + textWidth(u.String())*small + legendGap
	}
	l.width -= legendGap
	l.height = margin + lineRoom
	return l
}

func (l legend) write(b *strings.Builder, y float64) {
	x := 0.0
	for _, u := range l.uses {
		width := textWidth(u.String()) * small
		fmt.Fprintf(b, "<path d=\"M%s %sH%s\" fill=\"none\" stroke=\"black\"%s marker-end=\"url(#arrow)\"/>\n",
			number(x), number(y), number(x+sample), svgStyle(u))
		writeText(b, u.String(), x+sample+8+width/2, y+4, small)
		x += sample + 8 + width + legendGap
	}
}
