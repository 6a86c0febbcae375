package evaluate

import (
	"fmt"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// Stage decodes one stage. Only the stages that are asked for are looked at: a
// stage that this variant's targets do not reach may make no sense for it.
func (f *Filled) Stage(name string) (dockerfile.Stage, diag.List) {
	if stage, ok := f.split(name); ok {
		return stage, nil
	}
	stage, list := field(f, []string{"stages", name}, func(v cue.Value) (dockerfile.Stage, diag.List) { return f.stage(name, v) })
	stage.Key = f.shared(name)
	return stage, list
}

func (f *Filled) stage(name string, v cue.Value) (dockerfile.Stage, diag.List) {
	if err := v.Validate(cue.Concrete(true)); err != nil {
		return dockerfile.Stage{Origin: dockerfile.Origin{Stage: name}, From: reader{v: v}.str("from")}, f.stageErrors(v, err)
	}
	stage := f.head(name, v)
	d := &decoder{filled: f, stage: name}
	steps, _ := reader{v: v}.field("steps")
	d.steps(steps, "steps")
	stage.Steps = d.out
	return stage, d.list
}

// head decodes a stage but for its steps.
func (f *Filled) head(name string, v cue.Value) dockerfile.Stage {
	r := reader{v: v}
	stage := dockerfile.Stage{
		Name:         name,
		Description:  r.str("description"),
		From:         r.str("from"),
		Parent:       parent(r),
		Platform:     r.str("platform"),
		Check:        r.sub("check").strings("skip"),
		InheritedEnv: r.strings("inheritedEnv"),
		Origin:       dockerfile.Origin{Stage: name},
	}
	if r.has("exports") {
		stage.Exports = []dockerfile.Export{}
	}
	for _, p := range r.pairs("exports") {
		stage.Exports = append(stage.Exports, dockerfile.Export{Name: p.Name, Path: p.Value})
	}
	return stage
}

// stageErrors explains what is wrong with a stage, and with each of its steps
// on its own: CUE keeps back missing fields while there are other errors.
func (f *Filled) stageErrors(v cue.Value, err error) diag.List {
	list := f.errors(err)
	steps, _ := reader{v: v}.list("steps")
	for _, step := range steps {
		if err := step.Validate(cue.Concrete(true)); err != nil {
			list = append(list, f.errors(err)...)
		}
	}
	return list
}

// A decoder turns the steps of one stage into instructions.
type decoder struct {
	filled *Filled
	stage  string
	out    []dockerfile.Step
	list   diag.List
}

// steps decodes a list of steps, in the order in which it is written.
func (d *decoder) steps(list cue.Value, path string) {
	for i, v := range elements(list) {
		d.step(read(v), fmt.Sprintf("%s[%d]", path, i))
	}
}

// step decodes one step: an instruction, a fragment, or a library step, which
// is a fragment that CUE has made.
func (d *decoder) step(r reader, path string) {
	origin := dockerfile.Origin{Stage: d.stage, Path: path}
	verb, ok := d.verb(r, origin)
	if !ok {
		return
	}
	first := len(d.out)
	value := r.sub(verb)
	switch {
	case verb == "steps":
		d.steps(value.v, path+".steps")
	case value.v.IncompleteKind() == cue.StructKind && value.has("expand"):
		d.steps(value.sub("expand").v, path+"."+verb+".expand")
	default:
		d.out = append(d.out, dockerfile.Step{
			Check:       r.sub("check").strings("skip"),
			Instruction: d.instruction(r, verb, origin),
			Origin:      origin,
		})
	}
	if text := r.str("description"); text != "" && first < len(d.out) {
		d.out[first].Description = text
		d.out[first].Described = origin
	}
}

// problem reports an error of this stage.
func (d *decoder) problem(code diag.Code, o dockerfile.Origin, field, message, help string) {
	d.list = append(d.list, d.filled.problem(code, o, field, message, help))
}

// atLabel reports an error about a field of a step, at the field's name.
func (d *decoder) atLabel(code diag.Code, r reader, field, message, help string) {
	v, _ := r.field(field)
	d.list = append(d.list, diag.Diagnostic{
		Code: code, Severity: diag.Error, Span: d.filled.positions.Label(v, field), Message: message, Help: help,
	})
}
