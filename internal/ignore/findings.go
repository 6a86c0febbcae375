package ignore

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
)

// missing reports a source that is not there.
func (c *checker) missing(image images.Image, s *inputs.Stage, source inputs.Source, pattern string, found result) {
	d := diag.Diagnostic{
		Code: diag.CodeMissingSource, Severity: diag.Error, Span: image.Locate(source.Origin, source.Field), Help: found.help,
	}
	what, where := source.Path, whereabouts(image)
	if strings.Contains(what, "$") {
		what = pattern
	}
	switch {
	case found.outside != "":
		d.Message = fmt.Sprintf("stage %q %s %q, but %s is a symbolic link that leads out of %s", s.Name, verb(source), what, found.outside, where)
		d.Help = "no build is sent what is outside: have it inside, or in a named context (dockerfile.contexts)"
	case strings.ContainsAny(pattern, "*?") && strings.ContainsAny(source.Path, `*?[\$`) && verb(source) != "mounts":
		d.Severity = diag.Warning
		d.Message = fmt.Sprintf("stage %q %s %q, which matches nothing in %s: BuildKit copies nothing then, and says nothing", s.Name, verb(source), what, where)
	default:
		d.Message = fmt.Sprintf("stage %q %s %q, which is not in %s", s.Name, verb(source), what, where)
	}
	if source.Outward {
		d.Notes = append(d.Notes, "`..` does not lead out of the build context: BuildKit drops it")
	}
	d.Help = cmp.Or(d.Help, "correct it; if it need not be there yet, name it in dockerfile.context.optional")
	c.list = append(c.list, d)
}

// noContext reports a build context that is not there.
func (c *checker) noContext(image images.Image) {
	c.list = append(c.list, diag.Diagnostic{
		Code: diag.CodeMissingSource, Severity: diag.Error, Span: image.Locate(dockerfile.Origin{}, "context.directory"),
		Message: fmt.Sprintf("the build context %q is no directory of the module", image.Plan.Context.Directory),
		Help:    "name it from the module's root",
	})
}

// unsent reports links to what the ignore file leaves out.
func (c *checker) unsent(image images.Image, links []linked) {
	var patterns []string
	for _, s := range image.Inputs.Stages {
		for _, source := range s.Sources {
			patterns = append(patterns, source.Patterns...)
		}
	}
	sent, err := inputs.Matcher(patterns)
	for _, l := range links {
		if err != nil || sent(l.target) {
			continue
		}
		c.list = append(c.list, diag.Diagnostic{
			Code: diag.CodeMissingSource, Severity: diag.Error, Span: image.Locate(l.source.Origin, l.source.Field),
			Message: fmt.Sprintf("%s is a symbolic link to %s, which the ignore file does not let through", l.link, l.target),
			Help:    fmt.Sprintf("name %q itself", l.target),
		})
	}
}

// excluded reports a source that the context's own patterns leave out.
func (c *checker) excluded(image images.Image, s *inputs.Stage, source inputs.Source, index int) {
	c.list = append(c.list, diag.Diagnostic{
		Code: diag.CodeMissingSource, Severity: diag.Error, Span: image.Locate(source.Origin, source.Field),
		Message: fmt.Sprintf("stage %q %s %q, which no build is sent", s.Name, verb(source), source.Path),
		Related: []diag.Related{{
			Span:  image.Locate(dockerfile.Origin{}, fmt.Sprintf("context.exclude[%d]", index)),
			Label: "this pattern leaves it out",
		}},
		Help: "remove one of the two",
	})
}

// noPattern reports those of some patterns that are none.
func (c *checker) noPattern(image images.Image, field string, patterns []string) {
	for n, pattern := range patterns {
		if _, err := inputs.Matcher([]string{pattern}); err != nil {
			c.list = append(c.list, diag.Diagnostic{
				Code: diag.CodeInvalidValue, Severity: diag.Error,
				Span:    image.Locate(dockerfile.Origin{}, fmt.Sprintf("context.%s[%d]", field, n)),
				Message: fmt.Sprintf("%q is no pattern of an ignore file", pattern),
				Help:    "a [ needs its closing bracket",
			})
		}
	}
}

// verb is what an instruction does with a source.
func verb(s inputs.Source) string {
	switch {
	case strings.HasPrefix(s.Field, "mounts["):
		return "mounts"
	case strings.HasPrefix(s.Field, "add."):
		return "adds"
	}
	return "copies"
}

// whereabouts names the build context.
func whereabouts(image images.Image) string {
	if dir := path.Clean(image.Plan.Context.Directory); dir != "." {
		return "the build context " + dir + "/"
	}
	return "the build context, the module's root"
}

// near is the name that somebody may have meant.
func near(name string, names []string) string {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return n
		}
	}
	return diag.Nearest(name, names)
}
