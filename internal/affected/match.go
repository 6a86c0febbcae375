package affected

import (
	"path"
	"slices"
	"strings"

	"stagecue.dev/internal/git"
	"stagecue.dev/internal/index"
	"stagecue.dev/internal/inputs"
)

// matcher tells which files of a context a source reads, or might read.
type matcher struct {
	source   index.Source
	patterns []string
	matches  func(string) bool
	excluded func(string) bool
}

func newMatcher(source index.Source) *matcher {
	m := &matcher{source: source, patterns: source.Patterns, excluded: func(string) bool { return false }}
	if len(m.patterns) == 0 {
		m.patterns = []string{source.Path}
		if source.Path == "." {
			m.patterns = []string{inputs.Everything}
		}
	}
	var err error
	if m.matches, err = inputs.Matcher(m.patterns); err != nil {
		return everything()
	}
	uncertain := func(p string) bool { return strings.HasPrefix(p, "!") || strings.ContainsAny(p, `[\$`) }
	if len(source.Exclude) > 0 && !slices.ContainsFunc(source.Exclude, uncertain) {
		if excluded, err := inputs.Matcher(source.Exclude); err == nil {
			m.excluded = excluded
		}
	}
	return m
}

// everything reads all files.
func everything() *matcher { return newMatcher(index.Source{Path: "."}) }

// reads tells whether a change of a path in the context is one of what the
// source reads.
func (m *matcher) reads(name string, c git.Change) bool {
	if (c.Directory || c.Link) && m.leadsThrough(name) {
		return true
	}
	return m.matches(name) && (c.Directory || !m.leavesOut(name))
}

// leadsThrough tells whether what the source reads may lie below a path.
func (m *matcher) leadsThrough(name string) bool {
	steps := strings.Split(name, "/")
	return slices.ContainsFunc(m.patterns, func(pattern string) bool {
		for i, element := range strings.Split(pattern, "/") {
			if strings.Contains(element, "**") || i == len(steps) {
				return true
			}
			if ok, err := path.Match(element, steps[i]); err == nil && !ok {
				return false
			}
		}
		return false // the path is what is read, or lies below that
	})
}

// leavesOut tells whether a file is certain not to be read because of the
// exclusions of the source. They are relative to what a pattern matches, or for
// --parents to a directory above.
func (m *matcher) leavesOut(name string) bool {
	if m.source.Parents {
		rest, ok := below(name, path.Join(".", m.source.Base))
		return ok && !strings.ContainsAny(m.source.Base, `*?[\$`) && m.excluded(rest)
	}
	for _, pattern := range m.patterns {
		rest := name
		if pattern != inputs.Everything {
			if strings.Contains(pattern, "**") {
				return false
			}
			steps, n := strings.Split(name, "/"), strings.Count(pattern, "/")+1
			if len(steps) < n {
				continue
			}
			rest = strings.Join(steps[n:], "/")
			if matches, err := inputs.Matcher([]string{pattern}); err == nil && !matches(name) {
				continue
			}
		} else if m.source.Path != "." {
			return false
		}
		if rest == "" || !m.excluded(rest) {
			return false
		}
	}
	return true
}
