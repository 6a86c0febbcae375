package compile

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

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

// stageText is the text of a stage, or what stands before the first.
func stageText(text, stage string) string {
	from := regexp.MustCompile(`(?m)^FROM .*$`)
	if stage == "" {
		return text[:from.FindStringIndex(text)[0]]
	}
	spans := from.FindAllStringIndex(text, -1)
	for i, span := range spans {
		if strings.HasSuffix(text[span[0]:span[1]], " AS "+stage) {
			if i+1 < len(spans) {
				return text[span[0]:spans[i+1][0]]
			}
			return text[span[0]:]
		}
	}
	return ""
}
