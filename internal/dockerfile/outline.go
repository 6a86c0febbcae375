package dockerfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/command"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// An Outline is what is to be known of a Dockerfile of which there is only text,
// to tell what of its build another text has in common with it.
type Outline struct {
	// Args are the defaults of global build arguments.
	Args   map[string]string
	Stages []OutlineStage
}

// An OutlineStage is a stage of an outline.
type OutlineStage struct {
	Name string
	// From is as it is written.
	From string
	// Platform is FROM's --platform.
	Platform string
	// Line is that of FROM, EndLine the last one of the stage.
	Line, EndLine int
	Instructions  []OutlineInstruction
}

// An OutlineInstruction is an instruction of a stage.
type OutlineInstruction struct {
	Keyword string
	// Text is what it says on one line, without flags; of a script, how it
	// begins.
	Text string
	// Key is the same for instructions that say the same.
	Key           string
	Line, EndLine int
	// From are the stages and images that it copies or mounts from.
	From []string
}

// ReadOutline reads a Dockerfile, by BuildKit's parser.
func ReadOutline(text []byte) (Outline, error) {
	result, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return Outline{}, err
	}
	stages, args, err := instructions.Parse(result.AST, linter.New(&linter.Config{}))
	if err != nil {
		return Outline{}, err
	}
	out := Outline{Args: map[string]string{}}
	for _, a := range args {
		for _, pair := range a.Args {
			if pair.Value != nil {
				out.Args[pair.Key] = *pair.Value
			}
		}
	}
	last := -1
	for _, node := range result.AST.Children {
		if strings.EqualFold(node.Value, command.From) {
			last++
			out.Stages = append(out.Stages, OutlineStage{
				Name: stages[last].Name, From: stages[last].BaseName, Platform: stages[last].Platform, Line: node.StartLine, EndLine: node.EndLine,
			})
			continue
		}
		if last < 0 {
			continue // a global ARG
		}
		s := &out.Stages[last]
		s.EndLine = node.EndLine
		i, err := outlineInstruction(node, stages[last].Commands[len(s.Instructions)])
		if err != nil {
			return Outline{}, err
		}
		s.Instructions = append(s.Instructions, i)
	}
	return out, nil
}

// outlineInstruction is a node, with what BuildKit makes of it.
func outlineInstruction(node *parser.Node, c instructions.Command) (OutlineInstruction, error) {
	i := OutlineInstruction{
		Keyword: strings.ToUpper(node.Value), Line: node.StartLine, EndLine: node.EndLine,
		Text: outlineText(node),
	}
	if run, ok := c.(*instructions.RunCommand); ok {
		// Mounts are only read once variables are expanded, which there are
		// none of in a name of a stage.
		if err := run.Expand(func(word string) (string, error) { return word, nil }); err != nil {
			return i, fmt.Errorf("line %d: %w", node.StartLine, err)
		}
		for _, m := range instructions.GetMounts(run) {
			if m.From != "" && !slices.Contains(i.From, m.From) {
				i.From = append(i.From, m.From)
			}
		}
	}
	if c, ok := c.(*instructions.CopyCommand); ok && c.From != "" {
		i.From = []string{c.From}
	}
	key, err := json.Marshal(struct {
		Original string
		Heredocs []parser.Heredoc
	}{node.Original, node.Heredocs})
	i.Key = string(key)
	return i, err
}

// outlineText is an instruction without its flags, and with runs of blanks as
// one.
func outlineText(node *parser.Node) string {
	words := strings.Fields(node.Original)
	words = append(words[:1:1], words[min(len(words), 1+flagWords(node)):]...)
	if !strings.EqualFold(node.Value, command.Run) {
		return strings.Join(words, " ")
	}
	for _, h := range node.Heredocs {
		for line := range strings.Lines(h.Content) {
			if line = strings.TrimSpace(line); line != "" && line != "set -e" && !strings.HasPrefix(line, "#") {
				return strings.Join(append(words, line), " ")
			}
		}
	}
	return strings.Join(words, " ")
}

// flagWords is the number of words that the flags are.
func flagWords(node *parser.Node) int {
	n := 0
	for _, f := range node.Flags {
		n += len(strings.Fields(f))
	}
	return n
}
