package compile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A stageGraph are stages by name, with what they are built from and copy from.
type stageGraph map[string]*stageNode

type stageNode struct {
	from   string
	copies map[string]bool
}

func (g stageGraph) node(name string) *stageNode {
	if g[name] == nil {
		g[name] = &stageNode{copies: map[string]bool{}}
	}
	return g[name]
}

// add adds what a line says: STAGE [FROM BASE] [COPY SOURCE...]. A stage has one
// base: another one than it has is an error.
func (g stageGraph) add(line string) error {
	words := strings.Fields(line)
	node := g.node(words[0])
	for i := 1; i < len(words); i++ {
		switch {
		case words[i] == "FROM" && i+1 < len(words):
			i++
			if node.from != "" && node.from != words[i] {
				return fmt.Errorf("%s is built from %s and from %s", words[0], node.from, words[i])
			}
			node.from = words[i]
		case words[i] == "COPY" && i+1 < len(words):
			for _, source := range words[i+1:] {
				node.copies[source] = true
			}
			return nil
		default:
			return fmt.Errorf("%q is no line of a graph", line)
		}
	}
	return nil
}

// lines are what add reads, sorted.
func (g stageGraph) lines() []string {
	var out []string
	for name, node := range g {
		line := name
		if node.from != "" {
			line += " FROM " + node.from
		}
		if len(node.copies) > 0 {
			line += " COPY " + strings.Join(slices.Sorted(maps.Keys(node.copies)), " ")
		}
		out = append(out, line)
	}
	return slices.Sorted(slices.Values(out))
}

// compare tells what another graph lacks, and what it has besides.
func (g stageGraph) compare(got stageGraph) []string {
	var out []string
	want, have := g.lines(), got.lines()
	for _, line := range want {
		if !slices.Contains(have, line) {
			out = append(out, "it lacks: "+line)
		}
	}
	for _, line := range have {
		if !slices.Contains(want, line) {
			out = append(out, "it has besides: "+line)
		}
	}
	return out
}

// replace puts another reference into the places of one, those of one stage or of
// all, and tells whether there were any. The empty one takes it away.
func (g stageGraph) replace(in, ref, with string) bool {
	found := false
	for name, node := range g {
		if in != "" && name != in {
			continue
		}
		if node.from == ref {
			node.from, found = with, true
		}
		if node.copies[ref] {
			delete(node.copies, ref)
			if with != "" {
				node.copies[with] = true
			}
			found = true
		}
	}
	return found
}

// merge takes a stage without steps away. Where its name depends on the platform,
// it is several stages, all built from the same.
func (g stageGraph) merge(name string) bool {
	names := []string{name}
	if prefix, ok := strings.CutSuffix(name, "${TARGETARCH}"); ok {
		names = []string{prefix + "amd64", prefix + "arm64"}
	}
	base := ""
	for _, n := range names {
		node := g[n]
		if node == nil || len(node.copies) > 0 || base != "" && node.from != base {
			return false
		}
		base = node.from
		delete(g, n)
	}
	return g.replace("", name, base)
}

// rename gives a stage another name.
func (g stageGraph) rename(name, to string) bool {
	node := g[name]
	if node == nil || g[to] != nil {
		return false
	}
	delete(g, name)
	g[to] = node
	g.replace("", name, to)
	return true
}
