package images

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// alike tells findings apart that many variants have in common.
type alike struct {
	code         diag.Code
	stack, stage string
}

// maxAlike is how many findings that are alike are reported. To place one takes
// CUE as long as to compile a variant.
const maxAlike = 8

// count is how many findings there are that are alike, and where the last one
// is that is reported.
type count struct{ n, last int }

// enough counts a finding, which is to be added next, and tells whether it is
// one too many.
func (f *finder) enough(a alike) bool {
	c := f.reported[a]
	if c.n++; c.n <= maxAlike {
		c.last = len(f.list)
	}
	f.reported[a] = c
	return c.n > maxAlike
}

// more says how many findings are left out.
func (f *finder) more() {
	for _, c := range f.reported {
		if left := c.n - maxAlike; left > 0 {
			f.list[c.last].Notes = append(f.list[c.last].Notes, fmt.Sprintf("and %d more like this", left))
		}
	}
}

// span is where a tag is claimed.
func (f *finder) span(c claim) source.Span {
	field := fmt.Sprintf("targets.%s.tags[%d]", dockerfile.FieldName(f.target(c.publisher).Stage), c.index)
	if c.promoted {
		field = fmt.Sprintf("targets.%s.promote[%d].to", dockerfile.FieldName(f.target(c.publisher).Stage), c.index)
	}
	return f.Variants[c.variant].Locate(dockerfile.Origin{}, field)
}

// image names an image for people.
func (f *finder) image(p publisher) string {
	return fmt.Sprintf("%s: target %q", f.variant(p.variant), f.target(p).Stage)
}

// variant names a variant for people.
func (f *finder) variant(i int) string {
	v := f.Variants[i]
	return strings.TrimSpace("stack " + v.Stack.Name + " " + v.Name)
}

// publishing is the place of the first tag that a target has in a repository.
func (f *finder) publishing(p publisher, repository string) diag.Related {
	for i, tag := range f.target(p).Tags {
		if f.published.repository(tag) == repository {
			return diag.Related{
				Span:  f.span(claim{publisher: p, index: i}),
				Label: fmt.Sprintf("%s is published as %s", f.variant(p.variant), tag),
			}
		}
	}
	return diag.Related{}
}

// words lists values for people: plan=a os=b.
func words(values []dockerfile.Pair) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.Name + "=" + v.Value
	}
	return strings.Join(out, " ")
}
