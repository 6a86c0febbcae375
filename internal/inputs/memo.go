package inputs

import (
	"fmt"
	"strings"
	"sync"

	"stagecue.dev/internal/dockerfile"
)

// A Memo keeps what is known of stages that Dockerfiles of one stack have in
// common. The nil Memo keeps nothing.
type Memo struct {
	links  sync.Map // of *links, by dockerfile.Stage.Key
	stages sync.Map // of *Stage, by stageKey
}

// stageKey is all that the inputs of a stage depend on. Which names are stages
// is none of it: a name that is one in a Dockerfile is one in all of the stack
// that mention it.
type stageKey struct {
	stage string
	// head are the build arguments with their defaults, and the named contexts.
	head string
	// platforms is empty for a stage that is the same on all of them.
	platforms string
	// bases are the stages that it is FROM, if those have triggers for it.
	bases string
}

// link is what a stage refers to by its text.
func (m *Memo) link(s *dockerfile.Stage) *links {
	if m == nil || s.Key == "" {
		return newLinks(s)
	}
	if known, ok := m.links.Load(s.Key); ok {
		return known.(*links)
	}
	known, _ := m.links.LoadOrStore(s.Key, newLinks(s))
	return known.(*links)
}

// stage is what a stage reads.
func (m *Memo) stage(s *dockerfile.Stage, l *links, bases []*dockerfile.Stage, head string, platforms []string, read func() *Stage) *Stage {
	if m == nil || s.Key == "" {
		return read()
	}
	key := stageKey{stage: s.Key, head: head}
	for _, b := range bases {
		if b.Key == "" {
			return read()
		}
		key.bases += b.Key + " "
	}
	if l.platforms {
		key.platforms = strings.Join(platforms, " ")
	}
	if known, ok := m.stages.Load(key); ok {
		return known.(*Stage)
	}
	known, _ := m.stages.LoadOrStore(key, read())
	return known.(*Stage)
}

// head is what stages depend on of the file and the plan that they are part of.
func head(file *dockerfile.File, plan dockerfile.Plan) string {
	var b strings.Builder
	for _, a := range file.Args {
		if a.Default == nil {
			fmt.Fprintf(&b, "%s ", a.Name)
			continue
		}
		fmt.Fprintf(&b, "%s=%q ", a.Name, *a.Default)
	}
	for _, c := range plan.Contexts {
		b.WriteString("|" + c)
	}
	return b.String()
}
