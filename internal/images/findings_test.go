package images

import (
	"fmt"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

func basesIn(from string, v *Variant) []Base {
	return Bases(&dockerfile.File{Stages: []dockerfile.Stage{{Name: "b", From: from}}}, v.Plan)
}

func TestParentFindings(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"the plan of one child is not there", `
n image=base,plan=39 base:x/base:9
n image=lab,plan=38 lab:x/lab:8 < lab=x/base:${TAG}
n image=lab,plan=39 lab:x/lab:9 < lab=x/base:${TAG}`,
			"n/02 < lab=n/00.base\n" +
				"2 lab from: missing-parent: stage \"lab\" is built from x/base:${TAG}, which is not published for plan=38 {in the variant image=lab plan=38; judged} " +
				"(reject this variant by a rule too, publish the image for it, or say which one is meant: `parent: values: plan: \"39\"`)"},
		{"a literal tag", "a - a:x/a:2026\nb - b:x/b:1 < b=x/a:2062",
			"2 b from: missing-parent: stage \"b\" is built from x/a:2062, and no image has that tag " +
				"(did you mean \"2026\"? Otherwise let a build argument stand for the tag; if it is published elsewhere or was before, say `parent: external: true`)"},
		{"a tag that comes later", "a - a:x/a:1,x/a:1>x/a:stable\nb - b:x/b:1 < b=x/a:stable",
			"2 b from: missing-parent: stage \"b\" is built from x/a:stable, and no image has that tag " +
				"(let a build argument stand for the tag; if it is published elsewhere or was before, say `parent: external: true`)"},
		{"two targets", "a - run:x/a:1 dev:x/a:1-dev\nb - b:x/b:1 < b=x/a:${TAG}",
			"2 b from: ambiguous-parent: stage \"b\" is built from x/a:${TAG}, which 2 images are published as (say which one is meant: `parent: target: \"run\"`)"},
		{"two variants", "a gpu=no,os=u a:x/a:1\na gpu=yes,os=u a:x/a:2\nb os=u b:x/b:1 < b=x/a:${TAG}",
			"3 b from: ambiguous-parent: stage \"b\" is built from x/a:${TAG}, which 2 images are published as {in the variant os=u} (say which one is meant: `parent: values: gpu: \"no\"`)"},
		{"two stacks", "a - a:x/a:1\nb - b:x/a:2\nc - c:x/c:1 < c=x/a:${TAG}",
			"3 c from: ambiguous-parent: stage \"c\" is built from x/a:${TAG}, which 2 images are published as (say which one is meant: `parent: stack: \"a\"`)"},
		{"no image", "a - a:x/a:1 < a=b!/c/", "1 a parent: missing-parent: stage \"a\" says which image its parent is, and is built from \"b\", which is none (remove `parent`)"},
		{"no such target", "a - run:x/a:1\nb - b:x/b:1 < b=x/a:${TAG}!/rum/",
			"2 b parent.target: missing-parent: stage \"b\" is built from x/a:${TAG}, and no image like its `parent` is published as that (no target that publishes it is \"rum\": did you mean \"run\"?)"},
		{"no such stack", "a - run:x/a:1\nb - b:x/b:1 < b=x/a:${TAG}!elsewhere//",
			"2 b parent.stack: missing-parent: stage \"b\" is built from x/a:${TAG}, and no image like its `parent` is published as that (no stack that publishes it is \"elsewhere\"; what does: a)"},
		{"no such axis", "a os=u run:x/a:1\nb - b:x/b:1 < b=x/a:${TAG}!//system=u",
			"2 b parent.values.system: missing-parent: stage \"b\" is built from x/a:${TAG}, and no image like its `parent` is published as that (no axis that publishes it is \"system\"; what does: os)"},
		{"itself", "a - a:x/a:1 < a=x/a:${TAG}",
			"a/00 < a=a/00.a\n1 a from: parent-cycle: stage \"a\" is built from x/a:${TAG}, which its own Dockerfile is published as " +
				"(name the stage \"a\", or if an image is meant that was published before, say `parent: external: true`)"},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, complete, tt.in, tt.want) })
	}
}

// What is not there may be elsewhere, if not all is there.
func TestIncomplete(t *testing.T) {
	const text = notebooks + `
n image=lab,plan=38 lab:x/lab:8 < lab=x/base:1
n image=lab,plan=40 lab:x/lab:40 < lab=x/base:${TAG}
o - o:x/o:1 < o=x/base:1 p=x/base:${TAG} q=x/y:1!n//`
	for _, tt := range []struct {
		in   Input
		want int
	}{
		{Input{Whole: true, Complete: true}, 5},
		{Input{Whole: true}, 2},
		{Input{Complete: true}, 0},
	} {
		tt.in.Variants = variants(text)
		if _, list := Run(tt.in); len(list) != tt.want {
			t.Errorf("%+v: %d findings: %s", tt.in, len(list), printed(nil, list))
		}
	}
}

func TestTags(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"variants", "a os=u a:x/a:1\na os=v a:x/a:1", "2 targets.a.tags[0]: duplicate-tag: two images have the tag x/a:1 {stack a os=u: target \"a\"; stack a os=v: target \"a\"} (let the tag tell them apart: by \\(variant.os.id))"},
		{"one target", "a - a:x/a:1,x/a:1", "1 targets.a.tags[1]: duplicate-tag: the target \"a\" is given the tag x/a:1 twice (remove one of the two)"},
		{"two promotions of one target", "a - a:x/a:1,x/a:2,x/a:1>x/a:s,x/a:2>x/a:s", ""},
		{"two promotions", "a - a:x/a:1,x/a:1>x/a:s\nb - b:x/b:1,x/b:1>x/a:s",
			"2 targets.b.promote[0].to: duplicate-tag: two images have the tag x/a:s {stack a: target \"a\"; stack b: target \"b\"} (choose another tag in one of the stacks)"},
		{"an unknown value is not compared", "a - a:x/a:${B},x/a:${C}", ""},
		{"no repository", "a - a:x/a__:1", "1 targets.a.tags[0]: invalid-value: \"x/a__\" is no repository of images: invalid reference format (write the tag as [registry/]repository:tag)"},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, Input{}, tt.in, tt.want) })
	}
}

// Thousands of images with one fault are few findings: to place one takes CUE time.
func TestFewFindings(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "a os=u%d a:x/a:1 < a=x/a:0\n", i)
	}
	_, list := Run(Input{Variants: variants(b.String()), Whole: true, Complete: true})
	if len(list) != 2*maxAlike {
		t.Errorf("%d findings", len(list))
	}
	// The first of all has the tag with a better claim.
	for i, want := range map[int]string{maxAlike - 1: "and 991 more like this", 2*maxAlike - 1: "and 992 more like this"} {
		if notes := list[i].Notes; notes[len(notes)-1] != want {
			t.Errorf("%d: %q, want %q", i, notes, want)
		}
	}
}

func BenchmarkRun(b *testing.B) {
	var text strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&text, "a image=a,os=u%d,gpu=%d a:x/a:%d,x/a:%d-${B} < b=debian:12\n", i/50, i%50, i, i)
		fmt.Fprintf(&text, "a image=b,os=u%d,gpu=%d b:x/b:%d,x/b:%d-${B} < b=x/a:${TAG} c=debian:12\n", i/50, i%50, i, i)
	}
	in := Input{Variants: variants(text.String()), Whole: true, Complete: true}
	for b.Loop() {
		if _, list := Run(in); len(list) > 0 {
			b.Fatal(list[0])
		}
	}
}
