package affected

import (
	"path"
	"slices"
	"strings"

	"stagecue.dev/internal/index"
)

// Scope reports of a path whether a file there, below or above it can be a
// reason to build an image. What it does not report needs no look.
func Scope(in Input) func(name string) bool {
	r := newRun(in)
	tops := map[string]bool{}
	for _, pattern := range in.Always {
		tops[literal(pattern)] = true
	}
	for _, x := range in.Indexes {
		for i := range x.Variants {
			v := &x.Variants[i]
			if v.Context.External != "" {
				continue
			}
			for j := range v.Targets {
				r.tops(v, &v.Targets[j], tops)
			}
		}
	}
	all := make([]string, 0, len(tops))
	for top := range tops {
		all = append(all, top)
	}
	return func(name string) bool {
		return slices.ContainsFunc(all, func(top string) bool { return top == "." || isBelow(name, top) || isBelow(top, name) })
	}
}

// tops adds the paths that all lies below that counts for a target.
func (r *run) tops(v *index.Variant, t *index.Target, tops map[string]bool) {
	sources := r.sources(v, t)
	if len(sources) == 0 {
		return
	}
	context, by := path.Clean(v.Context.Directory), r.sent(v)
	for _, link := range r.follow(context).links {
		tops[link] = true
	}
	for _, place := range r.places(context) {
		if by != byOurs {
			tops[place] = true // links may lead anywhere in it
			continue
		}
		for _, reading := range sources {
			for _, pattern := range newMatcher(reading.source).patterns {
				tops[path.Join(place, literal(pattern))] = true
			}
		}
	}
	for _, file := range r.ignoreFiles(v) {
		for _, name := range r.passes(file) {
			tops[name] = true
		}
	}
}

// literal is what all that a pattern matches lies below, or is.
func literal(pattern string) string {
	elements := strings.Split(path.Clean(pattern), "/")
	for i, e := range elements {
		if strings.ContainsAny(e, `*?[]{}\$!`) {
			return path.Join(append([]string{"."}, elements[:i]...)...)
		}
	}
	return path.Join(elements...)
}
