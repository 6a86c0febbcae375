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
// line of it the origin; the header and blank lines have the zero Origin.
func Emit(f *File) (text []byte, lines []Origin) {
	e := &emitter{}
	e.directives(f)
	e.header(f)
	e.blank()
	for _, a := range f.Args {
		origin := Origin{Path: "args." + cueLabel(a.Name)}
		if a.Description != "" {
			e.blank()
			e.line(origin, docComment(a.Name, a.Description))
		}
		e.line(origin, renderArg(a))
	}
	for _, s := range f.Stages {
		e.stage(s)
	}
	if needsDefault(f) {
		origin := Origin{Path: "default"}
		e.blank()
		e.line(origin,
			"# The default target comes last: plain `docker build` builds the last stage.",
			"FROM "+f.Default)
	}
	return []byte(e.text.String()), e.origins
}

// emitter collects lines and where they come from.
type emitter struct {
	text    strings.Builder
	origins []Origin
	// open is whether the last line may be followed by a blank one.
	open bool
}

func (e *emitter) line(origin Origin, lines ...string) {
	for _, l := range lines {
		e.text.WriteString(l)
		e.text.WriteByte('\n')
		e.origins = append(e.origins, origin)
	}
	e.open = e.open || len(lines) > 0
}

// blank writes an empty line, unless there is one already or nothing above.
func (e *emitter) blank() {
	if e.open {
		e.line(Origin{}, "")
		e.open = false
	}
}

// directives writes the parser directives, which only count on top.
func (e *emitter) directives(f *File) {
	if image := syntaxImage(f); image != "" {
		origin := Origin{}
		if f.Syntax != "" {
			origin.Path = "syntax"
		}
		e.line(origin, "# syntax="+image)
	}
	if f.Check != nil {
		e.line(Origin{Path: "check"}, "# check="+checkOptions(f.Check))
	}
}

// syntaxImage is the frontend image of the `# syntax=` line, or empty.
func syntaxImage(f *File) string {
	if f.Syntax != "" {
		return f.Syntax
	}
	if version, _ := RequiredSyntax(f); version != "" {
		return "docker/dockerfile:" + version
	}
	return ""
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
		e.line(Origin{}, commentLine(h))
	}
	name, description := firstDefinition(f)
	mistaken := description == ""
	for _, h := range f.Header {
		mistaken = mistaken || strings.HasPrefix(strings.TrimSpace(h), name+" ")
	}
	if mistaken {
		e.line(Origin{}, "#")
	}
}

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

func (e *emitter) stage(s Stage) {
	e.blank()
	if len(s.Check) > 0 {
		e.line(s.Origin, checkComment(s.Check))
	}
	if s.Description != "" {
		// Last, since BuildKit looks for the name in the comment just above.
		e.line(s.Origin, docComment(s.Name, s.Description))
	}
	from := "FROM "
	if s.Platform != "" {
		from += flag("platform", s.Platform) + " "
	}
	e.line(s.Origin, from+s.From+" AS "+s.Name)

	blocks := make([]block, len(s.Steps))
	for i, step := range s.Steps {
		blocks[i] = newBlock(step)
	}
	for i, b := range blocks {
		if i > 0 && separate(blocks[i-1], b, blocks[i+1:]) || i == 0 && (b.wide() || b.leads(blocks[1:])) {
			e.blank()
		}
		e.line(s.Steps[i].Origin, b.comments...)
		e.line(s.Steps[i].Origin, b.lines...)
	}
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
