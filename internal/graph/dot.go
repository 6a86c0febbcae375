package graph

import (
	"fmt"
	"io"
	"strings"
)

// WriteDOT prints a graph in the language of Graphviz.
func WriteDOT(w io.Writer, g Graph) error {
	g = g.readable()
	var b strings.Builder
	fmt.Fprintf(&b, "digraph {\n  // %s\n", g.Title)
	for _, u := range g.uses() {
		fmt.Fprintf(&b, "  // %s: %s\n", dotStyle(u), u)
	}
	b.WriteString("  rankdir=LR\n  node [shape=box fontname=\"monospace\"]\n")
	for i, n := range g.Nodes {
		label := dotText(n.Name)
		for _, note := range n.Notes {
			label += `\n` + dotText(note)
		}
		fmt.Fprintf(&b, "  n%d [label=\"%s\"%s]\n", i+1, label, dotKind(n.Kind))
	}
	for _, e := range g.Edges {
		label := ""
		if e.Label != "" {
			label = fmt.Sprintf(" label=\"%s\"", dotText(e.Label))
		}
		fmt.Fprintf(&b, "  n%d -> n%d [style=%s%s]\n", e.From+1, e.To+1, dotStyle(e.Use), label)
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func dotStyle(u Use) string { return [...]string{"bold", "solid", "dashed"}[u] }

func dotKind(k Kind) string {
	return [...]string{"", " style=bold", " style=bold peripheries=2", " style=\"rounded,dashed\""}[k]
}

// dotText is text between quotes: a backslash and an ampersand mean something in
// labels, quotes end them.
func dotText(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, `&`, `&amp;`).Replace(s)
}
