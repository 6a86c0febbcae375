package resolve

import (
	"testing"

	"stagecue.dev/internal/dockerfile"
)

func TestExports(t *testing.T) {
	const help = "stage \"b\" exports /opt/wheels, /etc/app.conf; add to its `exports` what others are to see"
	refuses := func(field, path string) string {
		return "a.steps[0]." + field + `: not-exported: stage "a" copies ` + path + ` from "b", which does not export it (` + help + ")"
	}
	for _, tt := range []struct {
		name string
		step dockerfile.Instruction
		want string
	}{
		{"the path itself", copyFrom("b", "/opt/wheels"), ""},
		{"with a slash", copyFrom("b", "/opt/wheels/"), ""},
		{"without the first slash", copyFrom("b", "opt/wheels"), ""},
		{"beneath it", copyFrom("b", "/opt/wheels/a/b.whl"), ""},
		{"a file", copyFrom("b", "/etc/app.conf"), ""},
		{"wildcards beneath it", copyFrom("b", "/opt/wheels/*.whl", "/opt/wheels/[ab]?"), ""},
		{"a variable beneath it", copyFrom("b", "/opt/wheels/$TARGETARCH"), ""},
		{"roundabout", copyFrom("b", "/opt/x/../wheels//a"), ""},
		{"beside it", copyFrom("b", "/opt/wheels", "/opt/wheelsx"), refuses("copy.src[1]", "/opt/wheelsx")},
		{"above it", copyFrom("b", "/opt"), refuses("copy.src[0]", "/opt")},
		{"out of it", copyFrom("b", "/opt/wheels/../secret"), refuses("copy.src[0]", "/opt/secret")},
		{"a wildcard above it", copyFrom("b", "/opt/*/a.whl"), refuses("copy.src[0]", "/opt/*/a.whl")},
		{"a wildcard in its name", copyFrom("b", "/opt/wh*"), refuses("copy.src[0]", "/opt/wh*")},
		{"a variable above it", copyFrom("b", "/opt/$TARGETARCH"), refuses("copy.src[0]", "/opt/$TARGETARCH")},
		{"all of it", copyFrom("b", "/"), refuses("copy.src[0]", "/")},
		{"a mount", mountFrom("b", "/opt/wheels"), ""},
		{"a mount beside it", mountFrom("b", "/root/.cache"), refuses("mounts[0].source", "/root/.cache")},
		{"a mount of all of it", mountFrom("b", ""), refuses("mounts[0].from", "/")},
		{"another stage", copyFrom("c", "/x"), ""},
		{"an image", copyFrom("x:1", "/x"), ""},
		{"the build context", copyFrom("", "/x"), ""},
		{"a stage that exports nothing", copyFrom("d", "/x"),
			"a.steps[0].copy.src[0]: not-exported: stage \"a\" copies /x from \"d\", which does not export it (stage \"d\" exports nothing; add to its `exports` what others are to see)"},
		{"a stage that exports all", copyFrom("e", "/x"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := resolve(plan("a"), stages{
				"a": from("scratch", tt.step),
				"b": {From: "x:1", Exports: []dockerfile.Export{{Name: "wheels", Path: "/opt/wheels"}, {Name: "conf", Path: "/etc/app.conf"}}},
				"c": from("x:1"),
				"d": {From: "x:1", Exports: []dockerfile.Export{}},
				"e": {From: "x:1", Exports: []dockerfile.Export{{Name: "all", Path: "/"}}},
			})
			if got := brief(list); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// Whoever is built from a stage sees all of it.
func TestExportsDoNotBindTheBase(t *testing.T) {
	_, list := resolve(plan("a"), stages{"a": from("b"), "b": {From: "x:1", Exports: []dockerfile.Export{}}})
	if len(list) > 0 {
		t.Error(brief(list))
	}
}
