package inputs

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"stagecue.dev/internal/dockerfile"
)

// A Memo keeps what is known of stages that Dockerfiles of one stack have in
// common. The nil Memo keeps nothing.
type Memo struct {
	links  sync.Map // of *links, by dockerfile.Stage.Key
	stages sync.Map // of numbered, by stageKey
	// alike are stages that read no sources, by all that they do read.
	alike sync.Map
	// whole are those of Dockerfiles, by their stages and targets.
	whole sync.Map
	count atomic.Int64
}

// numbered is a stage with a number that tells it from others of a memo: 0, if
// the memo does not keep it.
type numbered struct {
	*Stage
	number int64
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
func (m *Memo) stage(s *dockerfile.Stage, l *links, bases []*dockerfile.Stage, head string, platforms []string, read func() *Stage) numbered {
	if m == nil || s.Key == "" {
		return numbered{Stage: read()}
	}
	key := stageKey{stage: s.Key, head: head}
	for _, b := range bases {
		if b.Key == "" {
			return numbered{Stage: read()}
		}
		key.bases += b.Key + " "
	}
	if l.platforms {
		key.platforms = strings.Join(platforms, " ")
	}
	if known, ok := m.stages.Load(key); ok {
		return known.(numbered)
	}
	known, _ := m.stages.LoadOrStore(key, m.same(read()))
	return known.(numbered)
}

// same is the first of the stages that read the same. Those that read sources
// stay apart: their places may be other ones.
func (m *Memo) same(s *Stage) numbered {
	n := numbered{s, m.count.Add(1)}
	if len(s.Sources)+len(s.Triggers) > 0 {
		return n
	}
	known, _ := m.alike.LoadOrStore(fmt.Sprintf("%#v", *s), n)
	return known.(numbered)
}

// known are the inputs of Dockerfiles with a key.
func (m *Memo) known(key string) (Inputs, bool) {
	if m == nil || key == "" {
		return Inputs{}, false
	}
	known, ok := m.whole.Load(key)
	if !ok {
		return Inputs{}, false
	}
	return known.(Inputs), true
}

// shared are the inputs of the first Dockerfile that has the same.
func (m *Memo) shared(key string, in Inputs) Inputs {
	if m == nil || key == "" {
		return in
	}
	known, _ := m.whole.LoadOrStore(key, in)
	return known.(Inputs)
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
