package compile

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
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
		line := name + " FROM " + node.from
		if len(node.copies) > 0 {
			line += " COPY " + strings.Join(slices.Sorted(maps.Keys(node.copies)), " ")
		}
		out = append(out, line)
	}
	return slices.Sorted(slices.Values(out))
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

// graphOf is the graph of a Dockerfile, with the defaults of build arguments. The
// stage without steps at its end is left out: it only says which one is the default.
func graphOf(t *testing.T, text string) (stageGraph, []instructions.Stage) {
	t.Helper()
	tree, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	stages, args, err := instructions.Parse(tree.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	defaults := map[string]string{}
	for _, arg := range args {
		for _, a := range arg.Args {
			if a.Value != nil {
				defaults[a.Key] = *a.Value
			}
		}
	}
	expand := func(s string) string {
		return os.Expand(s, func(name string) string {
			if value, ok := defaults[name]; ok {
				return value
			}
			return "${" + name + "}"
		})
	}
	g := stageGraph{}
	for _, stage := range stages {
		if stage.Name == "" {
			continue
		}
		node := g.node(stage.Name)
		node.from = expand(stage.BaseName)
		for _, command := range stage.Commands {
			switch c := command.(type) {
			case *instructions.CopyCommand:
				if c.From != "" {
					node.copies[c.From] = true
				}
			case *instructions.RunCommand:
				if err := c.Expand(func(word string) (string, error) { return word, nil }); err != nil {
					t.Fatal(err)
				}
				for _, mount := range instructions.GetMounts(c) {
					if mount.From != "" {
						node.copies[mount.From] = true
					}
				}
			}
		}
	}
	return g, stages
}

// installed are the packages that the stages install, by stage.
func installed(stages []instructions.Stage) map[string][]string {
	command := regexp.MustCompile(`(?:apt-get install|dnf install)((?:\s+[^\s&|;]+)+)`)
	out := map[string][]string{}
	for _, stage := range stages {
		for _, c := range stage.Commands {
			run, ok := c.(*instructions.RunCommand)
			if !ok {
				continue
			}
			for _, match := range command.FindAllStringSubmatch(strings.Join(run.CmdLine, " "), -1) {
				for _, word := range strings.Fields(match[1]) {
					if !strings.HasPrefix(word, "-") && word != `\` {
						out[stage.Name] = append(out[stage.Name], word)
					}
				}
			}
		}
	}
	return out
}
