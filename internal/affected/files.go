package affected

import (
	"path"
	"slices"
	"strings"

	"github.com/moby/patternmatcher/ignorefile"

	"stagecue.dev/internal/git"
	"stagecue.dev/internal/index"
	"stagecue.dev/internal/inputs"
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
	own := v.Path + ignoreSuffix
	sent := byOurs
	if _, ok := r.Files[own]; !ok {
		sent = byTheirs
		if _, ok := r.Read(r.Generated + "/" + own); ok {
			sent = byAnother
		}
	}
	var causes []Cause
	for _, reading := range r.sources(v, t) {
		for _, c := range r.reads(reading.source, context, sent) {
			causes = append(causes, Cause{Kind: File, Path: c.Path, Change: c.Kind, Stage: reading.stage, Source: reading.source.Path})
		}
	}
	if len(r.sources(v, t)) > 0 && sent != byOurs {
		// What somebody has written himself decides what is sent.
		for _, name := range []string{path.Join(context, ignoreSuffix), r.Generated + "/" + own} {
			for _, c := range r.changes {
				if c.Path == name {
					causes = append(causes, Cause{Kind: IgnoreFile, Path: c.Path, Change: c.Kind})
				}
			}
		}
	}
	return causes
}

// sent is which ignore file decides what is sent of a context.
type sent int

const (
	// byOurs: the generated one, which leaves out nothing that is read.
	byOurs sent = iota
	// byTheirs: that of the context, if it has one.
	byTheirs
	// byAnother: one that somebody has put beside the Dockerfile.
	byAnother
)

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
	for _, c := range r.changes {
		name, inside := below(c.Path, context)
		switch {
		case !inside && (c.Directory || c.Link) && isBelow(context, c.Path):
			out = append(out, c) // the context itself has become something else
		case inside && m.reads(name, c) && (c.Directory || !left(name)):
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

// leftOut tells what the ignore file of a context leaves out, as long as it is
// what it was.
func (r *run) leftOut(context string) func(string) bool {
	none := func(string) bool { return false }
	file := path.Join(context, ignoreSuffix)
	if slices.ContainsFunc(r.Changes, func(c git.Change) bool { return isBelow(file, c.Path) }) {
		return none
	}
	text, ok := r.Read(file)
	if !ok {
		return none
	}
	patterns, err := ignorefile.ReadAll(strings.NewReader(string(text)))
	if err != nil || len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool { return strings.ContainsAny(p, `[\`) }) {
		return none
	}
	matches, err := inputs.Matcher(patterns)
	if err != nil {
		return none
	}
	return matches
}

// linked tells whether what a source reads may be found by way of a link.
func (r *run) linked(source index.Source, context string) bool {
	m := newMatcher(source)
	return slices.ContainsFunc(r.Base.Links, func(link string) bool {
		name, inside := below(link, context)
		if !inside {
			return false
		}
		// A link in a directory that is copied is copied as a link.
		return m.leadsThrough(name) || m.matches(name) && !m.matches(path.Dir(name))
	})
}
