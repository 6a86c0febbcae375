//go:build linux

package e2e

import (
	"runtime"
	"testing"

	"stagecue.dev/e2e/base"
	"stagecue.dev/e2e/builder"
)

func testArgs(t *testing.T, b *bench) {
	busybox := b.base(t, base.Busybox())
	images := map[string]builder.Layout{"busybox:1": busybox, "other:2": busybox}
	for _, test := range []struct {
		name                  string
		args                  map[string]string
		base, channel, unseen string
	}{
		{"defaults", nil, "busybox:1", "stable", "unseen default"},
		{"overridden", map[string]string{
			"BASE": "other:2", "CHANNEL": "night ly", "UNSEEN": "a'b\"$c",
		}, "other:2", "night ly", "a'b\"$c"},
	} {
		t.Run(test.name, func(t *testing.T) {
			img := b.build(t, "args/all", builder.Request{Images: images, Args: test.args})
			equal(t, "in a run", img.read(t, "words"), test.channel+"\n"+test.channel+"\n"+runtime.GOARCH+"\n")
			equal(t, "in the environment of a script", img.read(t, "unseen"), "UNSEEN="+test.unseen+"\n")
			equal(t, "in env", img.Config.Env[len(img.Config.Env)-1], "CHANNEL=env-"+test.channel)
			equal(t, "in label", img.Config.Labels["base"], test.base)
			equal(t, "in workdir", img.Config.WorkingDir, "/w/env-"+test.channel)
			equal(t, "in from", img.read(t, "arch"), runtime.GOARCH+"\n")
		})
	}
}

// testOnbuild builds an image upon one that was built here too.
func testOnbuild(t *testing.T, b *bench) {
	parent := b.build(t, "onbuild/base", builder.Request{})
	equal(t, "what the base has run", parent.list(t, "onbuild"), "absent")
	img := b.build(t, "onbuild/app", builder.Request{
		Images: map[string]builder.Layout{"app-base:1": parent.layout},
	})
	equal(t, "what the image has run", img.read(t, "onbuild/ran"), "run by the child\n")
	equal(t, "what it has seen of that", img.read(t, "seen"), "run by the child\n")
	equal(t, "what it has copied", img.list(t, "onbuild"), "notes.txt ran")
	if len(img.Config.OnBuild) > 0 {
		t.Errorf("the image hands on %q", img.Config.OnBuild)
	}
}
