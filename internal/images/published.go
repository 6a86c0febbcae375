package images

import (
	"fmt"

	"github.com/distribution/reference"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// publisher is a target of a variant, both by their indexes.
type publisher struct{ variant, target int }

// published is what the images of a run are published as.
type published struct {
	// names are repositories in full, by what is written: "docker.io/library/x"
	// for "x". They are empty for what is none.
	names map[string]string
	// tags are whole references in full, with who has them.
	tags map[string]claim
	// targets are those that have tags in a repository, in order.
	targets map[string][]publisher
}

// claim is one use of a tag, at a field of the plan.
type claim struct {
	publisher
	field string
	// index is that of the tag, or of the promotion that leads to it.
	index    int
	promoted bool
}

// publish collects all tags, and reports those that two images have.
func (f *finder) publish() {
	n := 0
	for _, v := range f.Variants {
		for _, t := range v.Plan.Targets {
			n += len(t.Tags) + len(t.Promotions)
		}
	}
	f.published = published{names: map[string]string{}, tags: make(map[string]claim, n), targets: map[string][]publisher{}}
	for v := range f.Variants {
		for t := range f.Variants[v].Plan.Targets {
			p := publisher{v, t}
			for i, tag := range f.target(p).Tags {
				f.claim(tag, claim{publisher: p, index: i})
			}
		}
	}
	// Whoever is published under a tag has a better claim to it.
	for v := range f.Variants {
		for t := range f.Variants[v].Plan.Targets {
			p := publisher{v, t}
			for i, promotion := range f.target(p).Promotions {
				f.claim(promotion.To, claim{publisher: p, index: i, promoted: true})
			}
		}
	}
}

// claim notes that a target has a tag.
func (f *finder) claim(ref string, c claim) {
	repository, tag, _ := dockerfile.SplitReference(ref)
	name := f.name(repository, c)
	if name == "" {
		return
	}
	full := ref
	if name != repository {
		full = name + ":" + tag
	}
	first, taken := f.published.tags[full]
	switch {
	case !taken:
		f.published.tags[full] = c
	case first.publisher == c.publisher && first.promoted && c.promoted:
		// Each of two tags may come to be the one.
	default:
		f.duplicate(ref, first, c)
	}
	if targets := f.published.targets[name]; !c.promoted && (len(targets) == 0 || targets[len(targets)-1] != c.publisher) {
		f.published.targets[name] = append(targets, c.publisher)
	}
}

// name is a repository in full. What the schema lets pass and is none is reported.
func (f *finder) name(repository string, c claim) string {
	name, ok := f.published.names[repository]
	if ok {
		return name
	}
	named, err := reference.ParseNormalizedNamed(repository)
	if err == nil {
		name = named.Name()
	} else {
		f.list = append(f.list, diag.Diagnostic{
			Code: diag.CodeInvalidValue, Severity: diag.Error, Span: f.span(c),
			Message: fmt.Sprintf("%q is no repository of images: %v", repository, err),
			Help:    "write the tag as [registry/]repository:tag",
		})
	}
	f.published.names[repository] = name
	return name
}

// repository is a repository in full, "" if nothing is published in it.
func (p *published) repository(ref string) string {
	repository, _, _ := dockerfile.SplitReference(ref)
	name, ok := p.names[repository]
	if !ok {
		if named, err := reference.ParseNormalizedNamed(repository); err == nil {
			name = named.Name()
		}
		p.names[repository] = name
	}
	if len(p.targets[name]) == 0 {
		return ""
	}
	return name
}
