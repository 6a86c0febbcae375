package dockerfile

import (
	"strings"
)

// wideLine is the number of columns above which COPY and the like are written
// on several lines.
const wideLine = 100

// Emit writes a file that Validate has found nothing wrong with.
//
// It returns the text, with LF line ends and one at its end, and for every
// line of it what made it. A blank line belongs to the line after it.
func Emit(f *File) (text []byte, lines []Line) {
	version, _, by := required(f)
	e := newEmitter(f)
	e.traced = true
	e.prologue(f, version, by)
	for _, s := range f.Stages {
		e.blank()
		e.stage(s)
	}
	e.epilogue(f)
	return []byte(e.text.String()), e.lines
}

func newEmitter(f *File) *emitter {
	e := &emitter{args: map[string]bool{}}
	for _, a := range f.Args {
		e.args[a.Name] = true
	}
	return e
}

// prologue writes what is above the first stage. The stages need a version of
// the frontend, or none in particular.
func (e *emitter) prologue(f *File, version string, by Line) {
	e.directives(f, version, by)
	e.header(f)
	e.blank()
	for _, a := range f.Args {
		field := "args." + cueLabel(a.Name)
		if a.Description != "" {
			e.blank()
			e.line(Line{Field: field + ".description"}, docComment(a.Name, a.Description))
		}
		if a.Default != nil {
			field += ".default"
		}
		e.line(Line{Field: field, Keyword: "ARG"}, renderArg(a))
	}
}

// epilogue writes what is below the last stage.
func (e *emitter) epilogue(f *File) {
	if needsDefault(f) {
		e.blank()
		e.line(Line{Field: "default"}, "# The default target comes last: plain `docker build` builds the last stage.")
		e.line(Line{Field: "default", Keyword: "FROM"}, "FROM "+f.Default)
	}
}

// emitter collects lines and where they come from.
type emitter struct {
	text strings.Builder
	// written is the number of lines so far.
	written int
	// traced has it collect what made them.
	traced bool
	lines  []Line
	// args are the names of the global build arguments.
	args map[string]bool
	// open is whether the last line may be followed by a blank one.
	open bool
	// waits is whether the last line is a blank one, which belongs to the next.
	waits bool
}

func (e *emitter) line(of Line, text string) {
	e.text.WriteString(text)
	e.text.WriteByte('\n')
	e.trace(of)
	e.open, e.waits = true, false
	e.written++
}

// trace notes what made the next lines.
func (e *emitter) trace(of ...Line) {
	if !e.traced {
		return
	}
	if e.waits {
		before := of[0]
		before.Keyword = ""
		e.lines[len(e.lines)-1] = before
	}
	e.lines = append(e.lines, of...)
}

// blank writes an empty line, unless there is one already or nothing above.
func (e *emitter) blank() {
	if e.open {
		e.line(Line{}, "")
		e.open, e.waits = false, true
	}
}

// directives writes the parser directives, which only count on top.
func (e *emitter) directives(f *File, version string, by Line) {
	if f.Syntax != "" {
		e.line(Line{Field: "syntax"}, "# syntax="+f.Syntax)
	} else if version != "" {
		e.line(by, "# syntax="+frontendImage+version)
	}
	if f.Check != nil {
		e.line(Line{Field: "check"}, "# check="+checkOptions(f.Check))
	}
}

// frontendImage is Docker's frontend, a version behind it.
const frontendImage = "docker/dockerfile:"

// syntaxImage is the frontend image of the `# syntax=` line, or empty.
func syntaxImage(f *File, version string) string {
	if f.Syntax != "" || version == "" {
		return f.Syntax
	}
	return frontendImage + version
}

// checkOptions is the value of a `# check=` line:
// https://docs.docker.com/reference/dockerfile/#check
func checkOptions(c *Check) string {
	var parts []string
	if len(c.Skip) > 0 {
		parts = append(parts, "skip="+strings.Join(c.Skip, ","))
	}
	if len(c.Experimental) > 0 {
		parts = append(parts, "experimental="+strings.Join(c.Experimental, ","))
	}
	if c.Error != nil {
		value := "false"
		if *c.Error {
			value = "true"
		}
		parts = append(parts, "error="+value)
	}
	return strings.Join(parts, ";")
}

// header writes the comment on top. BuildKit counts comments above a blank
// line as comments of the next instruction too, until an empty comment.
func (e *emitter) header(f *File) {
	if len(f.Header) == 0 {
		return
	}
	for _, h := range f.Header {
		e.line(fileHeader(), commentLine(h))
	}
	name, description := firstDefinition(f)
	mistaken := description == ""
	for _, h := range f.Header {
		mistaken = mistaken || strings.HasPrefix(strings.TrimSpace(h), name+" ")
	}
	if mistaken {
		e.line(fileHeader(), "#")
	}
}

// fileHeader is what the comment on top comes from: the field that makes this
// the Dockerfile of its variant.
func fileHeader() Line { return Line{Field: "path"} }

// firstDefinition is the name and description of the first ARG or FROM.
func firstDefinition(f *File) (name, description string) {
	switch {
	case len(f.Args) > 0:
		return f.Args[0].Name, f.Args[0].Description
	case len(f.Stages) > 0:
		return f.Stages[0].Name, f.Stages[0].Description
	}
	return "", ""
}

// needsDefault reports whether the default stage must be repeated at the end.
func needsDefault(f *File) bool {
	return f.Default != "" && len(f.Stages) > 0 && f.Stages[len(f.Stages)-1].Name != f.Default
}

// renderArg writes a global ARG.
func renderArg(a Arg) string {
	if a.Default == nil {
		return "ARG " + a.Name
	}
	return "ARG " + a.Name + "=" + quotedWord(*a.Default)
}
