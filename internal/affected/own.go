package affected

import (
	"slices"
	"strings"

	"stagecue.dev/internal/header"
	"stagecue.dev/internal/index"
)

// own are the causes in what is generated for an image.
func (r *run) own(v *index.Variant, t *index.Target) []Cause {
	file := r.Generated + "/" + v.Path
	was, there := r.Base.Files[v.Path]
	old := r.old[v.Path]
	if !there || old != nil && old.Target(t.Name) == nil {
		return []Cause{{Kind: New}}
	}
	var causes []Cause
	if !was.Same {
		if stages := r.text(v, t, was.Text, old == nil); len(stages) > 0 {
			causes = append(causes, Cause{Kind: Dockerfile, Path: file, Stages: stages})
		}
	}
	if c, changed := r.ignoreFile(v); changed && len(r.sources(v, t)) > 0 {
		causes = append(causes, c)
	}
	if old == nil {
		return causes
	}
	causes = append(causes, settings(old, v, old.Target(t.Name), t)...)
	before, known := r.Base.Bake.parents(old.Target(t.Name).Bake)
	if after, ok := r.Bake.parents(t.Bake); ok && known && before != after {
		causes = append(causes, Cause{Kind: Parent, Before: before, After: after})
	}
	return causes
}

// ignoreFile tells whether the ignore file beside a Dockerfile has changed.
func (r *run) ignoreFile(v *index.Variant) (Cause, bool) {
	name := v.Path + ignoreSuffix
	was, there := r.Base.Files[name]
	_, is := r.Files[name]
	if _, _, ours := header.Stack(was.Text); there && !is && !ours {
		return Cause{}, false // somebody else's, which is looked at as any file
	}
	return Cause{Kind: IgnoreFile, Path: r.Generated + "/" + name}, there != is || there && !was.Same
}

// ignoreSuffix is what the name of an ignore file ends in.
const ignoreSuffix = ".dockerignore"

// settings are the causes that are not in the text of a Dockerfile.
func settings(was, is *index.Variant, before, after *index.Target) []Cause {
	var causes []Cause
	differ := func(kind Kind, before, after string) {
		if before != after {
			causes = append(causes, Cause{Kind: kind, Before: before, After: after})
		}
	}
	differ(Context, place(was.Context), place(is.Context))
	differ(Platforms, strings.Join(before.Platforms, ", "), strings.Join(after.Platforms, ", "))
	differ(Tags, tags(was, before), tags(is, after))
	return causes
}

// place names a build context.
func place(c index.Context) string {
	switch {
	case c.External != "":
		return c.External
	case c.Directory != "":
		return c.Directory
	}
	return "."
}

// tags are those of a target, with the defaults of what is filled in.
func tags(v *index.Variant, t *index.Target) string {
	out := slices.Clone(t.Tags)
	for i, tag := range out {
		for _, in := range v.Inputs {
			if in.Default != nil {
				tag = strings.ReplaceAll(tag, "${"+in.Name+"}", "${"+in.Name+":-"+*in.Default+"}")
			}
		}
		out[i] = tag
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// removed finds the images that there are no more.
func (r *run) removed() {
	for _, x := range r.Base.Indexes {
		for i := range x.Variants {
			was := &x.Variants[i]
			is := r.variants[was.Path]
			for j := range was.Targets {
				if is == nil || is.Target(was.Targets[j].Name) == nil {
					r.result.Removed = append(r.result.Removed, Image{Stack: x.Stack, Variant: was, Target: &was.Targets[j]})
				}
			}
		}
	}
	// Of what no index tells, only the path is known.
	for name, was := range r.Base.Files {
		_, is := r.Files[name]
		if is || r.old[name] != nil || strings.HasSuffix(name, ignoreSuffix) {
			continue
		}
		if stack, _, ok := header.Stack(was.Text); ok {
			r.result.Removed = append(r.result.Removed, Image{
				Stack: stack, Variant: &index.Variant{About: index.About{Path: name}}, Target: &index.Target{},
			})
		}
	}
}
