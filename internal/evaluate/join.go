package evaluate

import (
	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/dockerfile"
)

// split decodes a stage piece by piece, since its pieces mostly do not read the
// same facts: what there is but for the steps, and the steps in runs. Whoever
// has all of these facts in common has the stage in common. It is false if that
// cannot be done, or something is wrong.
func (f *Filled) split(name string) (dockerfile.Stage, bool) {
	id := resultName(name)
	if key, ok := f.joinKey(name); ok {
		if known, ok := f.memo.stages.Load(key); ok {
			j := known.(*joined)
			f.results[id], f.identities[id] = j.results, j.stage.Key
			return j.stage, true
		}
	}
	stage, results, ok := f.join(name)
	if !ok {
		return dockerfile.Stage{}, false
	}
	f.set(id, results...)
	stage.Key = f.identities[id]
	if f.joins[name] == nil {
		f.joins[name] = f.newJoin(results)
	}
	if key, ok := f.joinKey(name); ok {
		f.memo.stages.LoadOrStore(key, &joined{stage, results})
	}
	return stage, true
}

// joined is a stage with what it was put together from.
type joined struct {
	stage   dockerfile.Stage
	results []*result
}

// join is what a stage is put together from.
type join struct {
	// reads are the facts that any of its pieces reads.
	reads []depend.Read
	// single is whether no two variants have those in common.
	single bool
}

func (f *Filled) newJoin(results []*result) *join {
	all := make([][]depend.Read, len(results))
	for i, e := range results {
		all[i] = e.reads
	}
	reads := depend.Union(all...)
	return &join{reads, f.memo.single(reads)}
}

// joinKey is the same for variants that have a stage in common. It is false
// where none have, or that is not known yet.
func (f *Filled) joinKey(name string) (string, bool) {
	j := f.joins[name]
	if j == nil || j.single {
		return "", false
	}
	return name + "\x00" + f.memo.facts.key(j.reads, f.variant), true
}
