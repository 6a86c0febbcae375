package policy

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/summary"
)

// The kinds of views, by the names of the fields of a policy.
const (
	kindTarget = "target"
	kindStage  = "stage"
	kindStep   = "step"
)

// subject is what a policy is about.
type subject struct {
	// title names it in a finding.
	title string
	node  summary.Node
	// own is where a step stands: what it takes from elsewhere is shown there.
	own dockerfile.Origin
	// of are the platforms, if others are not like it.
	of []string
}

// subjects are all of a kind.
func (c *checker) subjects(kind string) []*subject {
	if made, ok := c.views[kind]; ok {
		return made
	}
	var out []*subject
	switch kind {
	case kindTarget:
		for _, t := range c.Summary.Targets {
			out = append(out, &subject{title: fmt.Sprintf("the target %q", t.Name), node: t.View(), of: t.Of})
		}
	case kindStage:
		for _, s := range c.Summary.Stages {
			out = append(out, &subject{title: fmt.Sprintf("the stage %q", s.Name), node: s.View(), of: s.Of})
		}
	case kindStep:
		for _, s := range c.Summary.Stages {
			for _, step := range s.Steps {
				if step.Visible() {
					title := fmt.Sprintf("a %s of the stage %q", step.Instruction.Keyword(), s.Name)
					out = append(out, &subject{title: title, node: step.View(), own: step.Origin, of: s.Of})
				}
			}
		}
	}
	c.views[kind] = out
	return out
}

// describe says for which platforms a finding is, if not for all.
func (s *subject) describe() []string {
	of := strings.Join(s.of, ", ")
	if of == "" {
		return nil
	}
	return []string{"for " + of}
}

// matches tells by the strings of `when` alone whether it may hold.
func (s *subject) matches(words map[string]string) bool {
	for name, word := range words {
		if fact, ok := s.node.Field(name); !ok || fact.Data != word {
			return false
		}
	}
	return true
}
