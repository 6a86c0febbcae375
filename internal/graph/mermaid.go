package graph

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// WriteMermaid prints a graph as a flowchart of Mermaid, which GitHub and GitLab
// draw in Markdown.
func WriteMermaid(w io.Writer, g Graph) error {
	g = g.readable()
	var b strings.Builder
	fmt.Fprintf(&b, "flowchart LR\n  %%%% %s\n", comment(g.Title))
	for _, u := range g.uses() {
		fmt.Fprintf(&b, "  %%%% %s %s\n", mermaidArrow(u), u)
	}
	for i, n := range g.Nodes {
		lines := []string{mermaidText(n.Name)}
		for _, note := range n.Notes {
			lines = append(lines, mermaidText(note))
		}
		// Brackets are the shape: round for what comes from elsewhere.
		left, right := "[", "]"
		if n.Kind == External {
			left, right = "([", "])"
		}
		fmt.Fprintf(&b, "  n%d%s\"%s\"%s%s\n", i+1, left, strings.Join(lines, "<br>"), right, mermaidClass(n.Kind))
	}
	for _, e := range g.Edges {
		label := ""
		if e.Label != "" {
			label = `|"` + mermaidText(e.Label) + `"|`
		}
		fmt.Fprintf(&b, "  n%d %s%s n%d\n", e.From+1, mermaidArrow(e.Use), label, e.To+1)
	}
	for _, kind := range []Kind{Target, Default} {
		if slices.ContainsFunc(g.Nodes, func(n Node) bool { return n.Kind == kind }) {
			fmt.Fprintf(&b, "  classDef %s stroke-width:%dpx\n", strings.TrimPrefix(mermaidClass(kind), ":::"), 2*kind)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func mermaidArrow(u Use) string { return [...]string{"==>", "-->", "-.->"}[u] }

func mermaidClass(k Kind) string {
	return [...]string{"", ":::target", ":::main", ""}[k]
}

// mermaidText is text between quotes. What might mean something to Mermaid, to
// Markdown or to HTML is written as an entity of Mermaid's.
func mermaidText(s string) string {
	var b strings.Builder
	runes := []rune(s)
	word := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
	}
	for i, r := range runes {
		plain := word(i) || strings.ContainsRune(" /:,@", r)
		switch r {
		case '_':
			plain = word(i-1) && word(i+1)
		case '.', '-', '+':
			// With a blank behind it, it would begin a list.
			plain = i+1 == len(runes) || runes[i+1] != ' '
		}
		if plain {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "#%d;", r)
	}
	return b.String()
}

// comment is text in a comment. `%%{` would begin a directive, even there.
func comment(s string) string { return strings.ReplaceAll(s, "%{", "% {") }
