package policy

import (
	"fmt"
	"strings"

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
	// view is what is known of it, as far as the fields are wanted.
	view func(wanted func(name string) bool) summary.Node
	// stage is where a step stands, or the name of a target or stage.
	stage string
	// step is nil for a target or stage.
	step *summary.Step
	// of are the platforms, if others are not like it.
	of []string
}

// subjects are all of a kind.
func (c *checker) subjects(kind string) []subject {
	if made, ok := c.views[kind]; ok {
		return made
	}
	var out []subject
	switch kind {
	case kindTarget:
		for _, t := range c.Summary.Targets {
			out = append(out, subject{view: t.View, stage: t.Name, of: t.Of})
		}
	case kindStage:
		for _, s := range c.Summary.Stages {
			out = append(out, subject{view: s.View, stage: s.Name, of: s.Of})
		}
	case kindStep:
		for _, s := range c.Summary.Stages {
			for i := range s.Steps {
				if step := &s.Steps[i]; step.Visible() {
					out = append(out, subject{view: step.View, stage: s.Name, step: step, of: s.Of})
				}
			}
		}
	}
	c.views[kind] = out
	return out
}

// title names it in a finding.
func (s *subject) title(kind string) string {
	if s.step != nil {
		return fmt.Sprintf("a %s of the stage %q", s.step.Instruction.Keyword(), s.stage)
	}
	return fmt.Sprintf("the %s %q", kind, s.stage)
}

// describe says for which platforms a finding is, if not for all.
func (s *subject) describe() []string {
	of := strings.Join(s.of, ", ")
	if of == "" {
		return nil
	}
	return []string{"for " + of}
}
