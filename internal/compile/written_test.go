package compile

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/matrix"
)

const ofTwo = `package PKG

import "stagecue.dev/schema"

axes: schema.#Axes & {os: {"debian12": {}, "debian13": {}}}
variant: schema.#Variant
stages: schema.#Stages & {runtime: from: "debian:\(variant.os.id)"}
dockerfile: schema.#Dockerfile & {path: variant.os.id, targets: runtime: {}}
`

// Of whole stacks all files are written, of a selection those of its variants.
func TestKinds(t *testing.T) {
	m := module(t, "elsewhere", map[string]string{
		"stages/a/a.cue": strings.ReplaceAll(ofTwo, "PKG", "a"), "stages/b/b.cue": strings.ReplaceAll(ofTwo, "PKG", "b"),
	})
	for _, tt := range []struct {
		request Request
		want    string
	}{
		{Request{}, "bake*3 dockerfile*4 ignore*4 index*2 support*2"},
		{Request{Stacks: []string{"a"}}, "bake*1 dockerfile*2 ignore*2 index*1 support*1"},
		{Request{Stacks: []string{"a"}, Selectors: []matrix.Selector{{Axis: "os", Value: "debian12"}}}, "dockerfile*1 ignore*1"},
	} {
		result := Run(t.Context(), m, tt.request)
		counts := map[Kind]int{}
		for _, f := range result.Files {
			counts[f.Kind]++
		}
		var got []string
		for kind, n := range counts {
			got = append(got, fmt.Sprintf("%s*%d", kind, n))
		}
		slices.Sort(got)
		if got := strings.Join(got, " "); got != tt.want || len(result.Findings) > 0 || len(result.Dockerfiles()) != counts[KindDockerfile] {
			t.Errorf("%v: %s, want %s; %s", tt.request, got, tt.want, brief(result.Findings))
		}
		if !slices.IsSortedFunc(result.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) }) {
			t.Error("the files are not in order")
		}
		for _, image := range result.Images {
			i := slices.IndexFunc(result.Files, func(f File) bool { return f.Path == image.Path })
			if want := fmt.Sprintf("sha256:%x", sha256.Sum256(result.Files[i].Text.Bytes())); image.Digest != want {
				t.Errorf("%s: digest %s, want %s", image.Path, image.Digest, want)
			}
		}
	}
}
