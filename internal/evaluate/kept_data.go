package evaluate

import (
	"reflect"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/dockerfile"
)

// instructions are one of each type of instruction that a step can be.
func instructions() []dockerfile.Instruction {
	return []dockerfile.Instruction{
		dockerfile.Run{}, dockerfile.Copy{}, dockerfile.Add{}, dockerfile.Env{}, dockerfile.Label{}, dockerfile.Workdir{},
		dockerfile.User{}, dockerfile.Expose{}, dockerfile.Volume{}, dockerfile.StopSignal{}, dockerfile.Shell{},
		dockerfile.Cmd{}, dockerfile.Entrypoint{}, dockerfile.Healthcheck{}, dockerfile.OnBuild{},
	}
}

// dereference has steps hold their instructions, where they were unmarshalled to
// pointers to them.
func dereference(steps []dockerfile.Step) {
	for i := range steps {
		steps[i].Instruction = dereferenced(steps[i].Instruction)
	}
}

func dereferenced(i dockerfile.Instruction) dockerfile.Instruction {
	if v := reflect.ValueOf(i); v.Kind() == reflect.Pointer && !v.IsNil() {
		i, _ = v.Elem().Interface().(dockerfile.Instruction)
	}
	if trigger, ok := i.(dockerfile.OnBuild); ok {
		return dockerfile.OnBuild{Instruction: dereferenced(trigger.Instruction)}
	}
	return i
}

// plainDatum is a datum as it is kept: of a field that is no constant, that.
type plainDatum struct {
	None     bool
	Kind     cue.Kind
	Text     string
	Elements []plainDatum
	Labels   []string
}

func (d datum) plain() plainDatum {
	out := plainDatum{Kind: d.kind, Text: d.scalar.text, Labels: d.labels}
	for _, e := range d.elements {
		out.Elements = append(out.Elements, e.plain())
	}
	return out
}

func (p plainDatum) datum() datum {
	switch p.Kind {
	case cue.ListKind, cue.StructKind:
		d := datum{kind: p.Kind, labels: p.Labels}
		for _, e := range p.Elements {
			d.elements = append(d.elements, e.datum())
		}
		return d.keyed()
	}
	return scalarDatum(newScalar(p.Kind, p.Text))
}
