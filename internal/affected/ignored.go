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

// sent is which ignore file decides what is sent of a context.
type sent int

const (
	// byOurs: the generated one, which leaves out nothing that is read.
	byOurs sent = iota
	// byTheirs: that of the context, if it has one.
	byTheirs
	// byAnother: one beside the Dockerfile that Stagecue did not write.
	byAnother
)

// sent finds out which ignore file decides what is sent of a context.
func (r *run) sent(v *index.Variant) sent {
	own := v.Path + ignoreSuffix
	if _, ok := r.Files[own]; ok {
		return byOurs
	}
	if _, ok := r.Read(r.Generated + "/" + own); ok {
		return byAnother
	}
	return byTheirs
}

// ignoreFiles are those that Stagecue does not write, and that decide what is
// sent of the context of a variant if they are there.
func (r *run) ignoreFiles(v *index.Variant) []string {
	if r.sent(v) == byOurs {
		return nil
	}
	return []string{path.Join(path.Clean(v.Context.Directory), ignoreSuffix), r.Generated + "/" + v.Path + ignoreSuffix}
}

// leftOut finds out what the ignore file of a context leaves out, as long as it
// is what it was.
func (r *run) leftOut(context string) func(string) bool {
	none := func(string) bool { return false }
	file := path.Join(context, ignoreSuffix)
	w, names := r.follow(file), r.passes(file)
	if w.outside || slices.ContainsFunc(r.Changes, func(c git.Change) bool {
		return slices.ContainsFunc(names, func(name string) bool { return isBelow(name, c.Path) })
	}) {
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
