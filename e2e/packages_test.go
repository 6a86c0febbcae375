//go:build linux

package e2e

import (
	"strings"
	"testing"

	"stagecue.dev/e2e/base"
	"stagecue.dev/e2e/builder"
)

// testPackages installs the same packages twice: the second time nothing is fetched
// but the lists.
func testPackages(t *testing.T, b *bench) {
	debian := base.Debian("12", "bookworm")
	images := map[string]builder.Layout{debian.Name: b.base(t, debian)}
	for _, test := range []struct{ round, fetched string }{{"1", "Need to get "}, {"2", "Need to get 0 B/"}} {
		img := b.build(t, "packages/all", builder.Request{Images: images, Args: map[string]string{"ROUND": test.round}})
		if !strings.Contains(img.log, test.fetched) {
			t.Errorf("in round %s apt does not say %q:\n%s", test.round, test.fetched, img.log)
		}
		if out := img.run(t); !strings.HasPrefix(out, "GNU ed") {
			t.Errorf("ed --version prints %q", out)
		}
		equal(t, "the packages in the image", img.list(t, "var/cache/apt/archives"), "partial/")
		equal(t, "their lists", img.list(t, "var/lib/apt/lists"), "")
	}
}
