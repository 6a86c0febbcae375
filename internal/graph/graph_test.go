package graph

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"stagecue.dev/internal/plain"
)

// random is a graph of all kinds of nodes and edges, with circles if wanted.
func random(r *rand.Rand, nodes, edges int, circles bool) Graph {
	g := Graph{Title: "random"}
	for i := range nodes {
		n := Node{Name: strings.Repeat("x", 1+r.IntN(40)), Kind: Kind(r.IntN(4))}
		for range i % 3 {
			n.Notes = append(n.Notes, strings.Repeat("note ", 1+r.IntN(4)))
		}
		g.Nodes = append(g.Nodes, n)
	}
	for range edges {
		e := Edge{From: r.IntN(nodes), To: r.IntN(nodes), Use: Use(r.IntN(3))}
		switch {
		case e.From == e.To:
			continue
		case e.From > e.To && !circles:
			e.From, e.To = e.To, e.From
		}
		if r.IntN(4) == 0 {
			e.Label = "linux/amd64"
		}
		g.Edges = append(g.Edges, e)
	}
	return g
}

// No box lies on another, each is inside of the picture, and lines lead from
// left to right.
func TestArrange(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		g := random(r, 1+r.IntN(30), r.IntN(60), n%4 == 0)
		l := arrange(g, nodeSize, func(s string) (float64, float64) { return textWidth(s), lineRoom })
		const slack = 0.001
		for i, a := range l.boxes {
			if a.x < -slack || a.y-a.h/2 < -slack || a.x+a.w > l.w+slack || a.y+a.h/2 > l.h+slack {
				t.Fatalf("graph %d: box %d lies outside: %+v", n, i, a)
			}
			for j, b := range l.boxes[:i] {
				apart := a.x+a.w < b.x+slack || b.x+b.w < a.x+slack || a.y+a.h/2 < b.y-b.h/2+slack || b.y+b.h/2 < a.y-a.h/2+slack
				if !apart {
					t.Fatalf("graph %d: boxes %d and %d overlap:\n%+v\n%+v", n, j, i, b, a)
				}
			}
		}
		for _, line := range l.lines {
			if l.boxes[line.to].column != l.boxes[line.from].column+1 {
				t.Fatalf("graph %d: a line leads from column %d to column %d", n, l.boxes[line.from].column, l.boxes[line.to].column)
			}
		}
	}
}

// The picture is XML, and holds each name and label as it is.
func TestSVG(t *testing.T) {
	g := Graph{
		Title: `a<b & "c"`,
		Nodes: []Node{{Name: `<x>&"y"'`, Notes: []string{"]]>"}}, {Name: "漢字"}, {Name: "z", Kind: Default}},
		Edges: []Edge{{From: 0, To: 2, Label: "a&b"}, {From: 1, To: 2, Use: Mounted}},
	}
	var b strings.Builder
	if err := WriteSVG(&b, g); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for d := xml.NewDecoder(strings.NewReader(b.String())); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v:\n%s", err, b.String())
		}
		if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
			texts = append(texts, string(text))
		}
	}
	want := []string{`a<b & "c"`, `<x>&"y"'`, "]]>", "漢字", "z", "a&b", "FROM", "RUN --mount"}
	if fmt.Sprintf("%q", texts) != fmt.Sprintf("%q", want) {
		t.Errorf("%q, not %q", texts, want)
	}
}

// What is written twice is the same.
func TestDeterministic(t *testing.T) {
	for _, write := range []func(io.Writer, Graph) error{WriteMermaid, WriteDOT, WriteSVG} {
		var first string
		for range 5 {
			var b strings.Builder
			if err := write(&b, random(rand.New(rand.NewPCG(3, 4)), 20, 40, true)); err != nil {
				t.Fatal(err)
			}
			if first == "" {
				first = b.String()
			}
			if b.String() != first {
				t.Fatalf("once\n%s\nand once\n%s", first, b.String())
			}
		}
	}
}

var entity = regexp.MustCompile(`#([0-9]+);`)

// FuzzEscape reads labels back as Mermaid and Graphviz read them.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{`a"b`, `\`, `a\"`, "#35;", "&amp;", "`md`", "_x_", "a_b", "1. x", "- x", "<b>", "%%{init}%%", "a\nb", "*/b/*", "end", "漢"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		s = plain.Line(s)
		mermaid := mermaidText(s)
		back := entity.ReplaceAllStringFunc(mermaid, func(e string) string {
			n, _ := strconv.Atoi(e[1 : len(e)-1])
			return string(rune(n))
		})
		if back != s {
			t.Errorf("Mermaid reads %q as %q", s, back)
		}
		if rest := entity.ReplaceAllString(mermaid, ""); strings.ContainsAny(rest, "\"`<>&#;%\\*[](){}|\n\r") {
			t.Errorf("%q means something to Mermaid", mermaid)
		}
		if regexp.MustCompile(`^\s*([-+]|[0-9]+\.) `).MatchString(mermaid) {
			t.Errorf("%q is a list of Markdown's", mermaid)
		}
		dot := dotText(s)
		back = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `&amp;`, `&`).Replace(dot)
		if back != s {
			t.Errorf("Graphviz reads %q as %q", s, back)
		}
		if bare := strings.NewReplacer(`\\`, "", `\"`, "").Replace(dot); strings.ContainsAny(bare, "\"\\\n") {
			t.Errorf("%q ends before its end", dot)
		}
	})
}

func BenchmarkArrange(b *testing.B) {
	g := random(rand.New(rand.NewPCG(5, 6)), 1000, 1500, false)
	for b.Loop() {
		if err := WriteSVG(io.Discard, g); err != nil {
			b.Fatal(err)
		}
	}
}
