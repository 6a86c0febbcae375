package compile

import (
	"context"
	"strings"
	"testing"

	"stagecue.dev/internal/matrix"
)

// family is a stack with a parent and a child, each for two plans.
const family = `
axes: schema.#Axes & {image: {base: {}, lab: {}}, plan: {a: {}, b: {}}}
variant: schema.#Variant
stages: schema.#Stages & {
	base: from: "debian:12"
	lab: from: "example.com/base:${BASE_TAG}"
}
dockerfile: schema.#Dockerfile & {
	path: "\(variant.image.id)/\(variant.plan.id)"
	args: {if variant.image.id == "lab" {BASE_TAG: default: "a"}}
	inputs: BRANCH: description: "the branch"
	targets: (variant.image.id): tags: ["example.com/\(variant.image.id):\(variant.plan.id)-${BRANCH}"]
}
`

// Images come in the order in which they are to be built, each with what it is
// built from. Stacks that are left out change nothing about those that are not.
func TestImages(t *testing.T) {
	m := module(t, "m", map[string]string{
		"stages/family/family.cue": head("family") + family,
		"stages/app/app.cue": head("app") + `
stages: schema.#Stages & {app: {from: "example.com/lab:b-${TAG}", parent: values: plan: "b"}}
dockerfile: schema.#Dockerfile & {path: "image", args: TAG: default: "main", targets: app: {}}
`,
	})
	for _, tt := range []struct {
		request Request
		want    string
	}{
		{Request{}, `
family/base/b/Dockerfile
family/lab/b/Dockerfile < lab from family/base/b/Dockerfile base
app/image/Dockerfile < app from family/lab/b/Dockerfile lab
family/base/a/Dockerfile
family/lab/a/Dockerfile < lab from family/base/a/Dockerfile base`},
		{Request{Stacks: []string{"family"}}, `
family/base/a/Dockerfile
family/base/b/Dockerfile
family/lab/a/Dockerfile < lab from family/base/a/Dockerfile base
family/lab/b/Dockerfile < lab from family/base/b/Dockerfile base`},
		{Request{Stacks: []string{"app"}}, "\napp/image/Dockerfile"},
		{Request{Stacks: []string{"family"}, Selectors: []matrix.Selector{{Axis: "image", Value: "lab"}}}, `
family/lab/a/Dockerfile
family/lab/b/Dockerfile`},
	} {
		result := Run(context.Background(), m, tt.request)
		if len(result.Findings) > 0 {
			t.Fatalf("%v: %v", tt.request, result.Findings)
		}
		if got := order(result); got != tt.want {
			t.Errorf("%v: got%s\nwant%s", tt.request, got, tt.want)
		}
	}
}

func order(r Result) string {
	var b strings.Builder
	for _, i := range r.Images {
		b.WriteString("\n" + i.Path)
		for _, p := range i.Parents {
			b.WriteString(" < " + p.Stage + " from " + p.Path + " " + p.Target)
		}
	}
	return b.String()
}
