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

// join evaluates the pieces of a stage.
func (f *Filled) join(name string) (dockerfile.Stage, []*result, bool) {
	path := []string{"stages", name}
	id := resultName(name)
	fields := f.fieldsOf(id, path)
	if !slices.Contains(fields, "steps") || len(fields) == 1 {
		return dockerfile.Stage{}, nil, false
	}
	var others [][]string
	for _, field := range fields {
		if field != "steps" {
			others = append(others, append(slices.Clip(path), field))
		}
	}
	head := f.unit(id+" head", path, func(g *depend.Graph, besides ...[]string) (depend.Part, bool) {
		return g.Part(append(besides, others...)...)
	})
	stage, e, ok := attempt(f, head, func(v cue.Value) (dockerfile.Stage, diag.List) { return f.head(name, v), nil })
	if !ok {
		return dockerfile.Stage{}, nil, false
	}
	runs, results, ok := f.runs(name, append(slices.Clip(path), "steps"))
	if !ok {
		return dockerfile.Stage{}, nil, false
	}
	stage.Steps = steps(runs)
	return stage, append(results, e), true
}

// steps are those of runs in a row.
func steps(runs []stepRun) []dockerfile.Step {
	var out []dockerfile.Step
	first := 0
	for _, run := range runs {
		for _, step := range run.Steps {
			step.Origin, step.Described = moved(step.Origin, first), moved(step.Described, first)
			out = append(out, step)
		}
		first += run.Elements
	}
	return slices.Clip(out)
}

// fieldsOf are the fields at a path, if they can be told apart.
func (f *Filled) fieldsOf(id string, path []string) []string {
	fields, ok := f.fields[id]
	if !ok && !f.memo.Naive {
		fields, _ = f.builder.Graph().Fields(path)
		f.fields[id] = fields
	}
	return fields
}

// stepRun is some steps in a row.
type stepRun struct {
	// Elements is how many elements of the list they are.
	Elements int
	Steps    []dockerfile.Step
}

// runs decodes the steps of a stage in runs that read the same facts each.
func (f *Filled) runs(name string, path []string) ([]stepRun, []*result, bool) {
	ranges := f.ranges(name, path)
	runs, results := make([]stepRun, len(ranges)), make([]*result, len(ranges), len(ranges)+1)
	for i, r := range ranges {
		u := f.unit(r.unit, path, func(g *depend.Graph, besides ...[]string) (depend.Part, bool) {
			if r.Range == (depend.Range{}) {
				return g.Part(append(besides, path)...)
			}
			return g.RangePart(path, r.Range, besides...)
		})
		run, e, ok := attempt(f, u, func(v cue.Value) (stepRun, diag.List) {
			d := &decoder{filled: f, stage: name}
			d.steps(v, "steps")
			return stepRun{len(elements(v)), d.out}, d.list
		})
		if !ok {
			return nil, nil, false
		}
		runs[i], results[i] = run, e
	}
	return runs, results, true
}

// namedRange is some steps in a row, and what they are called as a unit.
type namedRange struct {
	depend.Range
	unit string
}

// ranges are the runs of a stage's steps. A single empty one stands for all of
// steps that are no list literal.
func (f *Filled) ranges(name string, path []string) []namedRange {
	if known, ok := f.memo.ranges.Load(name); ok {
		return known.([]namedRange)
	}
	ranges, ok := f.builder.Graph().Folded().Ranges(path, settled())
	if !ok {
		ranges = []depend.Range{{}}
	}
	var out []namedRange
	for _, r := range ranges {
		out = append(out, namedRange{r, fmt.Sprintf("stages.%s steps %d-%d", name, r.From, r.To)})
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
