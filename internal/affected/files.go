package affected

import (
	"path"
	"slices"
	"strings"

	"stagecue.dev/internal/git"
	"stagecue.dev/internal/index"
)

// reading is a source of a stage.
type reading struct {
	stage  string
	source index.Source
}

// sources are what a target reads of its build context: by its own stages, and
// by triggers of the images that it is built from.
func (r *run) sources(v *index.Variant, t *index.Target) []reading {
	var out []reading
	for _, s := range r.indexes[v.Path].StagesOf(v) {
		if !slices.Contains(t.Stages, s.Name) {
			continue
		}
		for _, source := range s.Sources {
			if !source.Trigger {
				out = append(out, reading{s.Name, source})
			}
		}
	}
	for _, p := range v.Parents {
		parent := r.variants[p.Path]
		if parent == nil || parent == v || !slices.Contains(t.Stages, p.Stage) {
			continue
		}
		of := parent.Target(p.Target)
		for _, s := range r.indexes[p.Path].StagesOf(parent) {
			for _, source := range s.Sources {
				if source.Trigger && of != nil && slices.Contains(of.Stages, s.Name) {
					out = append(out, reading{p.Stage, source})
				}
			}
		}
	}
	return out
}

// files are the changed files that a target reads.
func (r *run) files(v *index.Variant, t *index.Target) []Cause {
	if v.Context.External != "" {
		return nil
	}
	context := path.Clean(v.Context.Directory) // "." for none
	var causes []Cause
	for _, reading := range r.sources(v, t) {
		for _, c := range r.reads(reading.source, context, r.sent(v)) {
			causes = append(causes, Cause{Kind: File, Path: c.Path, Change: c.Kind, Stage: reading.stage, Source: reading.source.Path})
		}
	}
	if len(r.sources(v, t)) == 0 {
		return causes
	}
	for _, file := range r.ignoreFiles(v) {
		names := r.passes(file)
		for _, c := range r.changes {
			if slices.Contains(names, c.Path) || c.Directory && slices.ContainsFunc(names, func(n string) bool { return isBelow(n, c.Path) }) {
				causes = append(causes, Cause{Kind: IgnoreFile, Path: c.Path, Change: c.Kind})
			}
		}
	}
	return causes
}

// sourceKey is all that the files of a source depend on.
type sourceKey struct {
	source, context string
	sent            sent
}

// reads are the changes that a source reads.
type reads []git.Change

// reads finds the changes that a source of a context reads. Without an ignore
// file of ours, links may lead anywhere.
func (r *run) reads(source index.Source, context string, by sent) reads {
	k := sourceKey{strings.Join(slices.Concat([]string{source.Path, source.Base}, source.Patterns, []string{"-"}, source.Exclude), "\x00"), context, by}
	if source.Parents {
		k.source += "\x00parents"
	}
	if known, ok := r.read[k]; ok {
		return known
	}
	out := reads{}
	m := newMatcher(source)
	if by != byOurs && r.linked(source, context) {
		m = everything()
	}
	left := func(string) bool { return false }
	if by == byTheirs {
		left = r.leftOut(context)
	}
	ways, places := r.follow(context).links, r.places(context)
	for _, c := range r.changes {
		reads := slices.Contains(ways, c.Path) // the context itself has become another one
		for _, place := range places {
			name, inside := below(c.Path, place)
			reads = reads || !inside && (c.Directory || c.Link) && isBelow(place, c.Path)
			reads = reads || inside && m.reads(name, c) && (c.Directory || !left(name))
		}
		if reads {
			out = append(out, c)
		}
	}
	r.read[k] = out
	return out
}

// below is a path as seen from a directory.
func below(name, dir string) (string, bool) {
	if dir == "." {
		return name, true
	}
	return strings.CutPrefix(name, dir+"/")
}

func isBelow(name, dir string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }

// linked reports whether what a source reads may be found by way of a link.
func (r *run) linked(source index.Source, context string) bool {
	m := newMatcher(source)
	leads := func(link string) bool {
		return slices.ContainsFunc(r.places(context), func(place string) bool {
			name, inside := below(link, place)
			// A link in a directory that is copied is copied as a link.
			return inside && (m.leadsThrough(name) || m.matches(name) && !m.matches(path.Dir(name)))
		})
	}
	return slices.ContainsFunc(r.Base.Links, leads) || slices.ContainsFunc(r.Links, leads)
}
