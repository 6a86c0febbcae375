package policy

import (
	"sync"

	"cuelang.org/go/cue/errors"

	"stagecue.dev/internal/cuediag"
)

// A Memo keeps what policies of one stack have come to: most steps are the same
// in many variants. It is safe for use by several goroutines.
type Memo struct {
	heads    sync.Map // of *head, by headKey
	verdicts sync.Map // of verdict, by verdictKey
}

// headKey is a policy, as it is for some variants.
type headKey struct{ name, facts string }

// verdictKey is a policy with what it can see of a subject.
type verdictKey struct {
	headKey
	seen string
}

// verdict is what became of a subject.
type verdict struct {
	// applies is whether the policy is about it.
	applies bool
	faults  []fault
	// failed are errors of CUE's, which are in the policy itself.
	failed []errors.Error
}

func (m *Memo) head(p Policy, positions *cuediag.Positions) *head {
	key := headKey{p.Name, p.Facts}
	if h, ok := m.heads.Load(key); ok {
		return h.(*head)
	}
	h := newHead(p, positions)
	m.heads.Store(key, h)
	return h
}

func (m *Memo) verdict(j *judge, s *subject) verdict {
	seen := s.view(j.Mentions)
	key := verdictKey{headKey{j.Name, j.Facts}, seen.String()}
	if v, ok := m.verdicts.Load(key); ok {
		return v.(verdict)
	}
	v := j.judge(seen)
	if len(v.failed) == 0 {
		// Errors are of one goroutine, and explained for each variant.
		m.verdicts.Store(key, v)
	}
	return v
}
