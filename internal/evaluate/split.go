package evaluate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// split decodes a stage piece by piece, since its pieces mostly do not read the
// same facts: what there is but for the steps, and the steps in runs. It is
// false if that cannot be done, or something is wrong.
func (f *Filled) split(name string) (dockerfile.Stage, bool) {
	path := []string{"stages", name}
	id := resultName(name)
	fields := f.stageFields(id, path)
	if !slices.Contains(fields, "steps") || len(fields) == 1 {
		return dockerfile.Stage{}, false
	}
	var others [][]string
	for _, field := range fields {
		if field != "steps" {
			others = append(others, append(slices.Clip(path), field))
		}
	}
	head := f.unit(id+" head", path, func(besides ...[]string) (depend.Part, bool) {
		return f.builder.Graph().Part(append(besides, others...)...)
	})
	stage, e, ok := attempt(f, head, func(v cue.Value) (dockerfile.Stage, diag.List) { return f.head(name, v), nil })
	if !ok {
		return dockerfile.Stage{}, false
	}
	steps, results, ok := f.runs(name, append(slices.Clip(path), "steps"))
	if !ok {
		return dockerfile.Stage{}, false
	}
	f.set(id, append(results, e)...)
	stage.Steps = steps
	return stage, true
}

// stageFields are the fields of a stage, if they can be told apart.
func (f *Filled) stageFields(id string, path []string) []string {
	fields, ok := f.fields[id]
	if !ok && !f.memo.Naive {
		fields, _ = f.builder.Graph().Fields(path)
		f.fields[id] = fields
	}
	return fields
}

// stepRun is some steps in a row.
type stepRun struct {
	// elements is how many elements of the list they are.
	elements int
	steps    []dockerfile.Step
}

// runs decodes the steps of a stage in runs that read the same facts each.
func (f *Filled) runs(name string, path []string) ([]dockerfile.Step, []*result, bool) {
	var steps []dockerfile.Step
	var results []*result
	first := 0
	for _, r := range f.ranges(name, path) {
		u := f.unit(fmt.Sprintf("stages.%s steps %d-%d", name, r.From, r.To), path, func(besides ...[]string) (depend.Part, bool) {
			if r == (depend.Range{}) {
				return f.builder.Graph().Part(append(besides, path)...)
			}
			return f.builder.Graph().RangePart(path, r, besides...)
		})
		run, e, ok := attempt(f, u, func(v cue.Value) (stepRun, diag.List) {
			d := &decoder{filled: f, stage: name}
			d.steps(v, "steps")
			return stepRun{len(elements(v)), d.out}, d.list
		})
		if !ok {
			return nil, nil, false
		}
		for _, step := range run.steps {
			step.Origin, step.Described = moved(step.Origin, first), moved(step.Described, first)
			steps = append(steps, step)
		}
		first += run.elements
		results = append(results, e)
	}
	return steps, results, true
}

// ranges are the runs of a stage's steps. A single empty one stands for all of
// steps that are no list literal.
func (f *Filled) ranges(name string, path []string) []depend.Range {
	if known, ok := f.memo.ranges.Load(name); ok {
		return known.([]depend.Range)
	}
	out, ok := f.builder.Graph().Ranges(path, settled())
	if !ok {
		out = []depend.Range{{}}
	}
	f.memo.ranges.Store(name, out)
	return out
}

// moved is an origin in a list that has some elements before it.
func moved(o dockerfile.Origin, by int) dockerfile.Origin {
	rest, ok := strings.CutPrefix(o.Path, "steps[")
	if by == 0 || !ok {
		return o
	}
	index, rest, _ := strings.Cut(rest, "]")
	n, _ := strconv.Atoi(index)
	o.Path = fmt.Sprintf("steps[%d]%s", n+by, rest)
	return o
}
