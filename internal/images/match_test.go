package images

import "testing"

var complete = Input{Whole: true, Complete: true}

const notebooks = `
n image=base,plan=38 base:x/base:8-${B}
n image=base,plan=39 base:x/base:9-${B}`

func TestParents(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"the same plan, whatever the image", notebooks + `
n image=lab,plan=38 lab:x/lab:8 < lab=x/base:${TAG}
n image=lab,plan=39 lab:x/lab:9 < lab=x/base:${TAG}`,
			"n/02 < lab=n/00.base\nn/03 < lab=n/01.base"},
		{"of another stack", notebooks + `
c plan=39,size=s c:x/c:s < c=x/base:${TAG}
c plan=39,size=l c:x/c:l < c=x/base:${TAG}`,
			"c/02 < c=n/01.base\nc/03 < c=n/01.base"},
		{"parents first", `
a - a:x/a:1 < a=x/b:1
b - b:x/b:1 < b=x/c:${TAG}
c - c:x/c:1`,
			"b/01 < b=c/02.c\na/00 < a=b/01.b"},
		{"a literal tag, in another way of writing it", `
a - a:docker.io/library/a:1,a:2
b - b:b:1 < one=a:1 two=index.docker.io/library/a:2`,
			"b/01 < one=a/00.a two=a/00.a"},
		{"a digest is there already", `
a - a:x/a:1
b - b:x/b:1 < b=x/a:1@sha256:0123456789012345678901234567890123456789012345678901234567890123`,
			""},
		{"what nobody publishes", "b - b:x/b:1 < b=x/a:1 c=x/d:${TAG}", ""},
		{"an earlier release", "a - a:x/a:1\nb - b:x/b:1 < b=x/a:0!external", ""},
		{"a target of several", `
a - run:x/a:1 dev:x/a:1-dev
b - b:x/b:1 < b=x/a:${TAG}!/dev/`,
			"b/01 < b=a/00.dev"},
		{"a value of an axis that the child has not", `
a gpu=no a:x/a:1
a gpu=yes a:x/a:2
b - b:x/b:1 < b=x/a:${TAG}!//gpu=yes`,
			"b/02 < b=a/01.a"},
		{"another value than the child's", notebooks + "\nn image=lab,plan=38 lab:x/lab:8 < lab=x/base:${TAG}!//plan=39",
			"n/02 < lab=n/01.base"},
		{"a named parent may have another tag", "a - a:x/a:1\nb - b:x/b:1 < b=x/a:stable!a//", "b/01 < b=a/00.a"},
		{"one of two stacks", "a - a:x/a:1\nb - b:x/a:2\nc - c:x/c:1 < c=x/a:${TAG}!b//", "c/02 < c=b/01.b"},
		{"an image without the axis goes with every value", `
a - a:x/a:1
b os=u b:x/b:u < b=x/a:${TAG}
b os=v b:x/b:v < b=x/a:${TAG}`,
			"b/01 < b=a/00.a\nb/02 < b=a/00.a"},
		{"stages in their order, whatever names their parents", `
a - a:x/a:1
b - b:x/b:1
c - c:x/c:1 < one=x/a:${TAG} two=x/b:1 three=x/a:1`,
			"c/02 < one=a/00.a two=b/01.b three=a/00.a"},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, complete, tt.in, tt.want) })
	}
}

// With another platform, a stage may be built from another image.
func TestPlatforms(t *testing.T) {
	list := variants("a - one:x/a:amd64 two:x/a:arm64\nb - b:x/b:1")
	list[1].Plan.Targets[0].Platforms = []string{"linux/amd64", "linux/arm64"}
	list[1].Bases = basesIn("x/a:${TARGETARCH}", list[1])
	images, found := Run(Input{Variants: list, Whole: true, Complete: true})
	if got, want := printed(images, found), "b/01 < b=a/00.one b=a/00.two\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
