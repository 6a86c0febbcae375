// Package ignore has a build send no more of its context than the Dockerfile
// reads: it writes the ignore file that stands beside a Dockerfile, and looks
// whether what is read is there.
package ignore

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"stagecue.dev/internal/inputs"
)

// Name is that of the ignore file, from that of the Dockerfile: BuildKit takes
// it rather than the .dockerignore of the context.
func Name(dockerfile string) string { return dockerfile + ".dockerignore" }

// Lines are those of an ignore file that leaves out all that no stage reads, and
// what is to be left out whatever is read. It is false where there is nothing to
// leave out: the context's own ignore file is in effect then.
func Lines(in inputs.Inputs, exclude []string) ([]string, bool) {
	var all []allowed
	for _, s := range in.Stages {
		for _, source := range s.Sources {
			for _, p := range source.Patterns {
				if isWhole(p) {
					return exclude, len(exclude) > 0
				}
				all = append(all, allowed{pattern: p, excluded: excluded(source, p), within: within(source, p)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b allowed) int { return strings.Compare(a.pattern, b.pattern) })
	lines := []string{"*"}
	var written []string
	for _, a := range all {
		if !slices.ContainsFunc(written, func(w string) bool { return w == a.pattern || isBelow(a.pattern, w) }) {
			lines, written = append(lines, "!"+a.pattern), append(written, a.pattern)
		}
	}
	// What is left out is written last: the last line that matches decides.
	for _, a := range all {
		if slices.ContainsFunc(all, a.disturbs) {
			continue
		}
		for _, line := range a.excluded {
			if !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return append(lines, exclude...), true
}

// allowed is something that is sent.
type allowed struct {
	pattern string
	// excluded are the lines for what is not sent after all, within is the
	// directory that they are about.
	excluded []string
	within   string
}

// disturbs tells whether what a leaves out may be what o needs.
func (a allowed) disturbs(o allowed) bool {
	return !slices.Equal(a.excluded, o.excluded) && meets(o.pattern, a.within)
}

// meets tells whether a pattern may match a directory, or what is above it or
// in it.
func meets(pattern, dir string) bool {
	if dir == "" {
		return true
	}
	elements := strings.Split(pattern, "/")
	for i, name := range strings.Split(dir, "/") {
		if i == len(elements) {
			return true
		}
		if before, _, ok := strings.Cut(elements[i], "**"); ok {
			return strings.HasPrefix(name, before) || strings.ContainsAny(before, "*?")
		}
		if ok, err := path.Match(elements[i], name); !ok && err == nil {
			return false
		}
	}
	return true
}

// isWhole tells the patterns that match whatever there is.
func isWhole(pattern string) bool {
	return pattern == inputs.Everything || pattern == "*" || pattern == "**/*"
}

// isBelow tells whether a path lies in a directory; all lie in "".
func isBelow(name, dir string) bool { return dir == "" || strings.HasPrefix(name, dir+"/") }

// prefix is a pattern down to its first element with a wildcard.
func prefix(pattern string) string {
	i := strings.IndexAny(pattern, "*?")
	if i < 0 {
		return pattern
	}
	return pattern[:max(0, strings.LastIndexByte(pattern[:i], '/'))]
}

// within is the directory that the exclusions of a source are about.
func within(s inputs.Source, pattern string) string {
	if s.Parents {
		return s.Base
	}
	return prefix(pattern)
}

// excluded are the lines for what a source leaves out of what a pattern of its
// matches. Where BuildKit might see it in another way, more is sent than is
// needed, which does no harm.
func excluded(s inputs.Source, pattern string) []string {
	base := pattern
	if s.Parents {
		base = s.Base
	}
	if strings.Contains(base, "**") || strings.ContainsAny(base, `[]\^$`) || s.Parents && strings.ContainsAny(base, "*?") {
		return nil
	}
	var out []string
	for _, e := range s.Exclude {
		clean := path.Clean(e)
		switch {
		case strings.HasPrefix(e, "!"):
			return nil // the order of these decides
		case e != strings.TrimSpace(e), strings.ContainsAny(e, `[]\^`), strings.ContainsFunc(e, unicode.IsControl):
			continue
		case clean == ".", clean == "..", strings.HasPrefix(clean, "../"), strings.HasPrefix(clean, "/"):
			continue
		}
		line := path.Join(base, clean)
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "!") && line == strings.TrimSpace(line) {
			out = append(out, line)
		}
	}
	return out
}
