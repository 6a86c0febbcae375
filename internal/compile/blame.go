package compile

import (
	"context"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
)

// A Blamed is one Dockerfile, to be asked where its lines come from.
type Blamed struct {
	File
	text   []string
	lines  []dockerfile.Line
	tracer *evaluate.Tracer
	// axes are the axes that a stage depends on, in order; the stage "" stands
	// for the Dockerfile's own fields.
	axes func(stage string) []string
}

// A BlamedLine is a line of a Dockerfile and where it comes from.
type BlamedLine struct {
	// Number counts from 1.
	Number int
	Text   string
	// Places is what made the line: first the user's own place that one would
	// edit, then how it came from there to the line, from the inside out.
	Places []Place
	// Stage is empty above the first stage, and for a last line that only
	// repeats the default one.
	Stage string
	Axes  []string
	// Keyword is the instruction that the line is part of, if it is part of one.
	Keyword string
}

// A Place is a place in CUE that a line comes from.
type Place = evaluate.Place

// Generated is what there is below generated/.
type Generated struct {
	// Stacks are all stacks of the module.
	Stacks []string
	// Paths are those of the Dockerfiles of some of them, in order.
	Paths []string
}

// Blame compiles the one Dockerfile whose path below generated/ is given. Of
// other variants, no more is evaluated than where their Dockerfiles are. If
// there is none of that path, it returns what there is in the folder instead.
func Blame(ctx context.Context, module *load.Module, path string) (*Blamed, Generated, diag.List) {
	var there Generated
	names, problem := module.StackNames()
	if problem != nil {
		return nil, there, diag.List{*problem}
	}
	there.Stacks = names
	for _, name := range owners(names, path) {
		stacks, list := module.Load([]string{name})
		if list.Errors() > 0 {
			return nil, there, list.Sorted()
		}
		c := &compiler{module: module, stack: stacks[0], trace: true}
		found, paths, list := c.find(ctx, path)
		if found != nil || list.Errors() > 0 {
			return found, there, list.Sorted()
		}
		there.Paths = append(there.Paths, paths...)
	}
	slices.Sort(there.Paths)
	return nil, there, nil
}

// owners are the stacks in whose folder a path lies, the innermost first: of
// the stacks a and a/b, each may have a Dockerfile below a/b.
func owners(stacks []string, path string) []string {
	var out []string
	for _, name := range stacks {
		if strings.HasPrefix(path+"/", name+"/") {
			out = append(out, name)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// find compiles the variant of the stack that has an output path. If there is
// none, it returns the paths that there are.
func (c *compiler) find(ctx context.Context, path string) (*Blamed, []string, diag.List) {
	variants, evaluator, list := c.sequential()
	if list.Errors() > 0 {
		return nil, nil, list
	}
	var wanted []string
	for _, v := range variants {
		if ctx.Err() != nil {
			return nil, nil, diag.List{stopped(ctx)}
		}
		plan, found := evaluator.Fill(v).Plan()
		if len(found) > 0 {
			list = append(list, found...)
			continue
		}
		at := c.output(plan)
		if at != path {
			wanted = append(wanted, at)
			continue
		}
		out := c.variant(evaluator, v)
		if out.list.Errors() > 0 {
			return nil, nil, out.list
		}
		return c.blamed(out), nil, nil
	}
	return nil, wanted, list
}

// sequential is what it takes to compile variants one after the other; or what
// is wrong with the stack as a whole.
func (c *compiler) sequential() ([]matrix.Variant, *evaluate.Evaluator, diag.List) {
	builder := c.stack.Builder()
	if list := builder.Validate(); list.Errors() > 0 {
		return nil, nil, list
	}
	_, variants, list := c.supported(builder)
	if list.Errors() > 0 {
		return nil, nil, list
	}
	evaluator, list := c.newEvaluator(builder)
	return variants, evaluator, list
}

// blamed is what came of a variant, to be asked.
func (c *compiler) blamed(out output) *Blamed {
	return &Blamed{
		File:   out.file,
		text:   strings.Split(strings.TrimSuffix(out.file.Text.String(), "\n"), "\n"),
		lines:  out.lines,
		tracer: out.filled.Tracer(),
		axes:   out.filled.Axes,
	}
}

// Len is the number of lines.
func (b *Blamed) Len() int { return len(b.text) }

// Line finds out where a line comes from.
func (b *Blamed) Line(number int) BlamedLine {
	line := b.lines[number-1]
	return BlamedLine{
		Number:  number,
		Text:    b.text[number-1],
		Places:  b.tracer.Places(line),
		Stage:   line.Origin.Stage,
		Axes:    b.axes(line.Origin.Stage),
		Keyword: line.Keyword,
	}
}
