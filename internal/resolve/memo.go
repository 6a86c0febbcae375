package resolve

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// A Memo keeps stages that declare their build arguments, for all Dockerfiles
// of one stack that have them in common: those whose stage, names in the
// environment and build arguments are the same. The nil Memo keeps nothing.
type Memo struct {
	stages sync.Map // of *declared, by key
	count  atomic.Int64
}

func (m *Memo) load(key string) (*declared, bool) {
	if m == nil || key == "" {
		return nil, false
	}
	known, ok := m.stages.Load(key)
	if !ok {
		return nil, false
	}
	return known.(*declared), true
}

// store keeps a stage and gives it a key of its own, unless somebody else has.
func (m *Memo) store(key string, d *declared) *declared {
	if m == nil || key == "" {
		return d
	}
	d.stage.Key = strconv.FormatInt(m.count.Add(1), 36)
	known, _ := m.stages.LoadOrStore(key, d)
	return known.(*declared)
}

// key is all that the declarations of a stage depend on, empty if that is not
// known.
func (r *resolver) key(n *node, env environment) string {
	if n.stage.Key == "" || r.Memo == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(n.stage.Key)
	b.WriteByte('<')
	b.WriteString(env.key)
	b.WriteByte('>')
	for _, a := range r.Plan.Args {
		b.WriteByte(' ')
		b.WriteString(a.Name)
	}
	return b.String()
}
