// Package judge holds Dockerfiles to what BuildKit itself says of them: its
// parser, its build checks and its conversion to LLB. It knows nothing of
// Stagecue, so that it can be wrong in other ways than Stagecue is.
package judge

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Platforms are the platforms that Dockerfiles are judged for.
func Platforms() []string { return []string{"linux/amd64", "linux/arm64"} }

// A Judgement is one target that was judged for one platform. The target "" is
// what plain `docker build` builds.
type Judgement struct {
	Target   string
	Platform string
}

// A Finding is something that BuildKit complains about.
type Finding struct {
	// Line is 0 where BuildKit does not tell.
	Line int
	// Check is the name of a build check, or "error".
	Check   string
	Message string
}

// A Complaint is a finding and the judgements that came to it; none if it
// concerns the whole text.
type Complaint struct {
	Finding
	Judgements []Judgement
}

// String is one line for people.
func (c Complaint) String() string {
	s := fmt.Sprintf("%d: %s: %s", c.Line, c.Check, c.Message)
	if len(c.Judgements) == 0 {
		return s
	}
	first := c.Judgements[0]
	s += fmt.Sprintf(" (target %q for %s", first.Target, first.Platform)
	if more := len(c.Judgements) - 1; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s + ")"
}

// A Verdict is all that came of one Dockerfile.
type Verdict struct {
	Judgements []Judgement
	// Digests are what the judgements build: see meaning. Where BuildKit fails,
	// there is none.
	Digests    map[Judgement]string
	Complaints []Complaint
	// Images are the images that the judged targets use, as normalized
	// references.
	Images []string
}

// Dockerfile judges every named stage of a Dockerfile and its default target
// for each of the platforms.
func Dockerfile(ctx context.Context, text []byte, images Images, platforms []string) Verdict {
	v := Verdict{Digests: map[Judgement]string{}}
	stages, findings := parse(text)
	for _, f := range findings {
		v.complain(f)
	}
	if stages == nil {
		return v
	}
	r := &resolver{images: images, used: map[string]bool{}}
	for _, f := range frontend(text, r) {
		v.complain(f)
	}
	for _, platform := range platforms {
		for _, f := range check(ctx, text, platform, r) {
			v.complain(f, Judgement{Platform: platform})
		}
		for _, target := range targets(stages) {
			j := Judgement{Target: target, Platform: platform}
			v.Judgements = append(v.Judgements, j)
			digest, findings := build(ctx, text, j, r)
			if digest != "" {
				v.Digests[j] = digest
			}
			for _, f := range findings {
				v.complain(f, j)
			}
		}
	}
	v.Images = r.names()
	slices.SortStableFunc(v.Complaints, func(a, b Complaint) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(a.Message, b.Message)
	})
	return v
}

// complain adds a finding, or its judgements to the same finding that is there.
func (v *Verdict) complain(f Finding, judgements ...Judgement) {
	i := slices.IndexFunc(v.Complaints, func(c Complaint) bool { return c.Finding == f })
	if i < 0 {
		i = len(v.Complaints)
		v.Complaints = append(v.Complaints, Complaint{Finding: f})
	}
	for _, j := range judgements {
		if !slices.Contains(v.Complaints[i].Judgements, j) {
			v.Complaints[i].Judgements = append(v.Complaints[i].Judgements, j)
		}
	}
}
