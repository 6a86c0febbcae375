// Package affected says which images must be built again after a change, and
// why. It compares what there was at a commit with what the sources compile to
// now, and the files that builds read. It may name one image too many; it does
// not miss one whose build would read something else.
package affected

import (
	"slices"
	"strings"

	"stagecue.dev/internal/git"
	"stagecue.dev/internal/index"
	"stagecue.dev/internal/rope"
)

// Input is all that is compared.
type Input struct {
	// Base is what there was.
	Base *Base
	// Indexes are what there is now, in order of their stacks, and Files the
	// Dockerfiles and ignore files, by their paths below generated/.
	Indexes []*index.Index
	Files   map[string]rope.Rope
	// Bake is the file for bake of all stacks.
	Bake Bake
	// Changes are the files that are not what they were, and Links the symbolic
	// links that there are now, both as far as they are in the Scope.
	Changes []git.Change
	Links   []string
	// Always are patterns of files that concern all images, Ignore of files that
	// are no reason to build one.
	Always, Ignore []string
	// Generated is the directory of generated files.
	Generated string
	// Read reads a file of the working tree; it is false for one that cannot be
	// read.
	Read func(path string) ([]byte, bool)
	// Readlink is where a symbolic link of the working tree leads, as seen from
	// the directory it is in; it is false for what is none.
	Readlink func(path string) (string, bool)
}

// key names an image.
type key struct{ path, target string }

// run is the state of one Run.
type run struct {
	Input
	// variants are those of all stacks by path, old those of the base.
	variants, old map[string]*index.Variant
	indexes       map[string]*index.Index
	// always are the causes that all images have.
	always []Cause
	// changes are those that are not ignored.
	changes []git.Change
	read    map[sourceKey]reads
	// ways are where paths lead to.
	ways map[string]way
	// verdicts are the images that have been judged.
	verdicts map[key]*verdict
	result   Result
}

// verdict is what is known of an image.
type verdict struct{ causes []Cause }

func newRun(in Input) *run {
	r := &run{
		Input: in, variants: map[string]*index.Variant{}, old: map[string]*index.Variant{}, indexes: map[string]*index.Index{},
		read: map[sourceKey]reads{}, ways: map[string]way{}, verdicts: map[key]*verdict{},
	}
	for _, x := range in.Indexes {
		for i := range x.Variants {
			r.variants[x.Variants[i].Path], r.indexes[x.Variants[i].Path] = &x.Variants[i], x
		}
	}
	for _, x := range in.Base.Indexes {
		for i := range x.Variants {
			r.old[x.Variants[i].Path] = &x.Variants[i]
		}
	}
	return r
}

// Run compares.
func Run(in Input) Result {
	r := newRun(in)
	r.lists()
	for _, x := range in.Indexes {
		r.stack(x)
	}
	r.removed()
	order := func(a, b Image) int {
		return strings.Compare(a.Variant.Path+"\x00"+a.Target.Name, b.Variant.Path+"\x00"+b.Target.Name)
	}
	slices.SortFunc(r.result.Images, order)
	slices.SortFunc(r.result.Removed, order)
	return r.result
}

// stack judges the images of a stack.
func (r *run) stack(x *index.Index) {
	external := map[string]int{}
	textOnly := false
	for i := range x.Variants {
		v := &x.Variants[i]
		_, there := r.Base.Files[v.Path]
		textOnly = textOnly || there && r.old[v.Path] == nil && !r.Base.has(x.Stack)
		for j := range v.Targets {
			t := &v.Targets[j]
			r.result.All++
			if address := r.address(v); address != "" && len(r.sources(v, t)) > 0 {
				external[address]++
			}
			if causes := r.judge(key{v.Path, t.Name}); len(causes) > 0 {
				r.result.Images = append(r.result.Images, Image{Stack: x.Stack, Variant: v, Target: t, Causes: causes})
			}
		}
	}
	if textOnly {
		r.result.TextOnly = append(r.result.TextOnly, x.Stack)
	}
	addresses := make([]string, 0, len(external))
	for a := range external {
		addresses = append(addresses, a)
	}
	slices.Sort(addresses)
	for _, a := range addresses {
		r.result.External = append(r.result.External, External{x.Stack, a, external[a]})
	}
}

// judge finds the causes of an image, those of its parents first.
func (r *run) judge(k key) []Cause {
	if known := r.verdicts[k]; known != nil {
		return known.causes // images are not built from each other
	}
	found := &verdict{}
	r.verdicts[k] = found
	v := r.variants[k.path]
	if v == nil || v.Target(k.target) == nil {
		return nil
	}
	t := v.Target(k.target)
	causes := slices.Clone(r.always)
	causes = append(causes, r.own(v, t)...)
	causes = append(causes, r.files(v, t)...)
	for _, p := range v.Parents {
		if !slices.Contains(t.Stages, p.Stage) {
			continue
		}
		if len(r.judge(key{p.Path, p.Target})) > 0 {
			causes = append(causes, Cause{Kind: Parent, Path: r.Generated + "/" + p.Path, Target: p.Target, Stage: p.Stage})
		}
	}
	found.causes = compact(causes)
	return found.causes
}

// compact leaves out what has been said: two stages may read the same file.
func compact(causes []Cause) []Cause {
	var out []Cause
	for _, c := range causes {
		same := func(o Cause) bool {
			return o.Kind == c.Kind && o.Path == c.Path && o.Target == c.Target && (c.Kind == File || c.Kind == Parent || c.Kind == IgnoreFile)
		}
		if !slices.ContainsFunc(out, same) {
			out = append(out, c)
		}
	}
	return out
}
