package evaluate

import (
	"strings"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// A Place is one of the places in CUE that a line of a Dockerfile comes from.
type Place struct {
	Span source.Span
	// Role is what the place has to do with the line.
	Role Role
}

// A Role is what a place has to do with a line that comes from it.
type Role string

const (
	// RoleText is where the line, or the value in it, is written.
	RoleText Role = "text"
	// RoleUse is where that is referred to.
	RoleUse Role = "use"
	// RoleLibrary is where a library step makes the line.
	RoleLibrary Role = "library"
	// RoleStep is the step that takes in what stands elsewhere: a fragment, or
	// a step that it refers to.
	RoleStep Role = "step"
	// RoleArg is where the build argument is declared that the line is about.
	RoleArg Role = "arg"
)

// A Tracer finds the places that lines come from. It remembers what it has
// found of a field, since CUE takes its time.
type Tracer struct {
	filled *Filled
	fields map[fieldKey]*traced
}

// fieldKey is one field of a step, a stage or the Dockerfile.
type fieldKey struct {
	origin dockerfile.Origin
	name   string
}

// traced is what is known of a field.
type traced struct {
	text *cuediag.Text
	// library is the place in the schema, if a library step made the field.
	library source.Span
	// value is the user's place of the field or of what is nearest around it,
	// around are the steps that the field's step is nested in, from the inside.
	value  source.Span
	around []source.Span
}

// Tracer returns a tracer of what was made of this variant.
func (f *Filled) Tracer() *Tracer { return &Tracer{filled: f, fields: map[fieldKey]*traced{}} }

// Places are the places that a line comes from. The first is the user's own
// that one would edit; the others say how it came from there to the line, from
// the inside out.
func (t *Tracer) Places(l dockerfile.Line) []Place {
	f := t.field(l.Origin, l.Field)
	var c chain
	spans := f.text.Whole()
	if l.Text > 0 {
		spans = f.text.Line(l.Text)
	}
	for n, span := range spans {
		role := RoleUse
		if n == 0 {
			role = RoleText
		}
		switch {
		case t.filled.positions.IsUser(span):
			c.add(span, role)
		case f.library.IsValid():
			c.add(span, RoleLibrary)
		}
	}
	if len(spans) == 0 {
		c.add(f.library, RoleLibrary)
	}
	role := RoleUse
	if len(c) == 0 {
		role = RoleText
	}
	c.addAround(f.value, role)
	if l.Arg != "" {
		c.add(t.filled.Locate(dockerfile.Origin{}, "args."+cue.Str(l.Arg).String()), RoleArg)
	}
	for _, span := range f.around {
		c.addAround(span, RoleStep)
	}
	return c.userFirst(t.filled.positions)
}

// field looks a field up, once.
func (t *Tracer) field(o dockerfile.Origin, name string) *traced {
	key := fieldKey{o, name}
	if known, ok := t.fields[key]; ok {
		return known
	}
	f, positions := t.filled, t.filled.positions
	found := &traced{value: f.Locate(o, name)}
	t.fields[key] = found
	if v := f.root().LookupPath(cue.ParsePath(cuePath(o, name))); v.Exists() {
		found.text = positions.Text(v)
		if strings.Contains(o.Path, ".expand[") {
			found.library = positions.SchemaValue(v)
		}
	}
	for _, path := range nesting(o.Path) {
		found.around = append(found.around, f.Locate(dockerfile.Origin{Stage: o.Stage, Path: path}, ""))
	}
	return found
}

// nesting are the paths of a step and of those that it is nested in, from the
// inside: of steps[1].steps[0].install.expand[0], that itself, the library
// step's parameters, the step that has them and the one that holds the fragment.
func nesting(path string) []string {
	var out []string
	for path != "" {
		out = append(out, path)
		path = path[:max(0, strings.LastIndex(path, ".steps["), strings.LastIndex(path, ".expand["))]
	}
	return out
}
