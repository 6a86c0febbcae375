package evaluate

import (
	"slices"

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
	var reads []depend.Read
	results := f.results[resultName(stage)]
	for _, e := range results {
		if !e.ok {
			results = nil
			break
		}
		reads = append(reads, e.reads...)
	}
	if len(results) == 0 {
		reads = f.all()
	}
	var out []string
	for _, chosen := range f.variant.Values {
		if slices.ContainsFunc(reads, func(r depend.Read) bool { return r.Axis == chosen.Axis }) {
			out = append(out, chosen.Axis)
		}
	}
	return out
}

// shared is the identity of results.
type shared struct{ head, steps *result }

// Shared identifies what a stage came to: it is the same for all variants that
// have the stage in common. It is nil for a stage that no other variant is
// known to have.
func (f *Filled) Shared(stage string) any {
	results := f.results[resultName(stage)]
	for _, e := range results {
		if !e.ok {
			return nil
		}
	}
	switch len(results) {
	case 1:
		return shared{steps: results[0]}
	case 2:
		return shared{results[0], results[1]}
	}
	return nil
}
