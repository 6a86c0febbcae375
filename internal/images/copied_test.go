package images

import (
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

// What a stage copies or mounts is needed as much as what it is built from.
func TestCopied(t *testing.T) {
	step := func(i dockerfile.Instruction) dockerfile.Step {
		return dockerfile.Step{Instruction: i, Origin: dockerfile.Origin{Stage: "c", Path: "steps[0]"}}
	}
	for _, tt := range []struct {
		name  string
		steps []dockerfile.Step
		want  string
	}{
		{"copies and mounts, each image once", []dockerfile.Step{
			step(dockerfile.Copy{From: "x/a:1"}), step(dockerfile.Copy{From: "docker.io/x/b:1"}), step(dockerfile.Copy{From: "x/a:1"}),
			step(dockerfile.Run{Mounts: []dockerfile.Mount{{Type: "bind", From: "x/b:1"}, {Type: "bind", From: "x/a:1"}, {Type: "cache"}}}),
		}, "c/02 < c=a/00.a c=b/01.b c=b/01.b"},
		{"stages, contexts and what nobody publishes", []dockerfile.Step{
			step(dockerfile.Copy{From: "build"}), step(dockerfile.Copy{}), step(dockerfile.Copy{From: "x/d:1"}),
		}, ""},
		{"a tag that no image has", []dockerfile.Step{step(dockerfile.Copy{From: "x/a:2"})},
			"3 c copy.from: missing-parent: stage \"c\" copies from x/a:2, and no image has that tag " +
				"(if it is published elsewhere or was before, name a stage that is built from it and says `parent: external: true`)"},
		{"the mount of a tag that no image has", []dockerfile.Step{step(dockerfile.Run{Mounts: []dockerfile.Mount{{Type: "cache"}, {Type: "bind", From: "x/a:9"}}})},
			"3 c mounts[1].from: missing-parent: stage \"c\" mounts files of x/a:9, and no image has that tag " +
				"(if it is published elsewhere or was before, name a stage that is built from it and says `parent: external: true`)"},
		{"itself", []dockerfile.Step{step(dockerfile.Copy{From: "x/c:1"})},
			"c/02 < c=c/02.c\n3 c copy.from: parent-cycle: stage \"c\" copies from x/c:1, which its own Dockerfile is published as " +
				"(name the stage \"c\", or if an image is meant that was published before, name a stage that is built from it and says `parent: external: true`)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list := variants("a - a:x/a:1\nb - b:x/b:1\nc - c:x/c:1")
			list[2].Bases = Bases(&dockerfile.File{Stages: []dockerfile.Stage{{Name: "c", From: "scratch", Steps: tt.steps}}}, list[2].Plan)
			images, found := Run(Input{Variants: list, Whole: true, Complete: true})
			if got := strings.TrimSpace(printed(images, found)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
