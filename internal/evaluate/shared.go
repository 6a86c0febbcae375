package evaluate

import (
	"slices"
	"strconv"
	"strings"

	"stagecue.dev/internal/depend"
)

// resultName is under which name the result of a stage is kept; that of the
// Dockerfile's own fields for a stage without a name.
func resultName(stage string) string {
	if stage == "" {
		return "dockerfile"
	}
	return "stages." + stage
}

// Axes are the axes that a stage of the variant depends on, or the fields of
// `dockerfile` for a stage without a name, in the order of the matrix.
func (f *Filled) Axes(stage string) []string {
	var out []string
	reads := f.reads(stage)
	for _, chosen := range f.variant.Values {
		if slices.ContainsFunc(reads, func(r depend.Read) bool { return r.Axis == chosen.Axis }) {
			out = append(out, chosen.Axis)
		}
	}
	return out
}

// reads are the facts that a stage was evaluated with.
func (f *Filled) reads(stage string) []depend.Read {
	var reads []depend.Read
	for _, e := range f.results[resultName(stage)] {
		if !e.ok {
			return f.all()
		}
		reads = append(reads, e.reads...)
	}
	if len(f.results[resultName(stage)]) == 0 {
		return f.all()
	}
	return reads
}

// values are those of the axes that are read, as a key.
func (f *Filled) values(reads []depend.Read) string {
	var b strings.Builder
	for _, chosen := range f.variant.Values {
		if slices.ContainsFunc(reads, func(r depend.Read) bool { return r.Axis == chosen.Axis }) {
			b.WriteString(chosen.Axis + "\x00" + chosen.Value + "\x00")
		}
	}
	return b.String()
}

// set notes what a field came to.
func (f *Filled) set(name string, results ...*result) {
	var id []byte
	for _, e := range results {
		id = append(strconv.AppendInt(id, e.number, 36), ' ')
	}
	f.results[name], f.identities[name] = results, string(id)
}

// shared identifies what a stage came to: it is the same for all variants that
// have the stage in common. It is empty for a stage that no other variant is
// known to have.
func (f *Filled) shared(stage string) string {
	for _, e := range f.results[resultName(stage)] {
		if !e.ok {
			return ""
		}
	}
	return f.identities[resultName(stage)]
}

// Release forgets what the fields came to, which is of no more use to a variant
// that nothing is wrong with.
func (f *Filled) Release() { f.results, f.identities = nil, nil }
