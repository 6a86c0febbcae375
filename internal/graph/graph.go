// Package graph draws what images and stages are built from: as Mermaid, as
// DOT for Graphviz, and as SVG. It works on plain data.
package graph

import "stagecue.dev/internal/plain"

// A Graph is what is drawn.
type Graph struct {
	// Title says what is shown.
	Title string
	// Nodes are in order: what is built from others comes after them, as far as
	// that is possible.
	Nodes []Node
	Edges []Edge
}

// A Node is a stage, or an image.
type Node struct {
	// Name is the first line of the label, Notes are those below it.
	Name  string
	Notes []string
	Kind  Kind
}

// A Kind is what a node is.
type Kind int

const (
	// Plain is a stage, or an image of the module.
	Plain Kind = iota
	// Target is a stage that is meant to be built.
	Target
	// Default is the target that plain `docker build` builds.
	Default
	// External is an image or a context that comes from elsewhere.
	External
)

// An Edge leads from what is used to what uses it. Both are indexes of nodes.
type Edge struct {
	From, To int
	Use      Use
	// Label says when the edge counts, empty if it always does.
	Label string
}

// A Use is how one stage uses another, or an image.
type Use int

const (
	// Base is a FROM.
	Base Use = iota
	// Copied is a COPY --from.
	Copied
	// Mounted is a RUN --mount=from=.
	Mounted
)

// String is the use in Docker's words.
func (u Use) String() string {
	return [...]string{"FROM", "COPY --from", "RUN --mount"}[u]
}

// readable is the graph with all text made harmless.
func (g Graph) readable() Graph {
	out := Graph{Title: plain.Line(g.Title)}
	for _, n := range g.Nodes {
		n.Name = plain.Line(n.Name)
		notes := make([]string, len(n.Notes))
		for i, note := range n.Notes {
			notes[i] = plain.Line(note)
		}
		n.Notes = notes
		out.Nodes = append(out.Nodes, n)
	}
	for _, e := range g.Edges {
		e.Label = plain.Line(e.Label)
		out.Edges = append(out.Edges, e)
	}
	return out
}

// uses are the uses that there are among the edges, in order.
func (g *Graph) uses() []Use {
	var there [Mounted + 1]bool
	for _, e := range g.Edges {
		there[e.Use] = true
	}
	var out []Use
	for u, ok := range there {
		if ok {
			out = append(out, Use(u))
		}
	}
	return out
}

// builder puts a graph together: each node and each edge is there once.
type builder struct {
	Graph
	nodes map[string]int
	edges map[Edge]bool
}

func newBuilder(title string) *builder {
	return &builder{Graph: Graph{Title: title}, nodes: map[string]int{}, edges: map[Edge]bool{}}
}

// node is the index of the node that a key stands for. It is made of n if there
// is none yet.
func (b *builder) node(key string, n Node) int {
	i, ok := b.nodes[key]
	if !ok {
		i = len(b.Nodes)
		b.nodes[key] = i
		b.Nodes = append(b.Nodes, n)
	}
	return i
}

func (b *builder) edge(e Edge) {
	if !b.edges[e] {
		b.edges[e] = true
		b.Edges = append(b.Edges, e)
	}
}
