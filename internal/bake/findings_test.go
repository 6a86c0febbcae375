package bake

import (
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/rope"
)

func TestFindings(t *testing.T) {
	s := stack("s")
	axis := func(name, value string) dockerfile.Pair { return dockerfile.Pair{Name: name, Value: value} }
	on := func(platforms ...string) func(*dockerfile.Plan, *dockerfile.Stage) {
		return func(p *dockerfile.Plan, _ *dockerfile.Stage) { p.Targets[0].Platforms = platforms }
	}
	targets := func(names ...string) func(*dockerfile.Plan, *dockerfile.Stage) {
		return func(p *dockerfile.Plan, _ *dockerfile.Stage) {
			p.Default, p.Targets = names[0], nil
			for _, name := range names {
				p.Targets = append(p.Targets, dockerfile.Target{Stage: name})
			}
		}
	}
	secret := func(ids ...string) func(*dockerfile.Plan, *dockerfile.Stage) {
		return func(_ *dockerfile.Plan, st *dockerfile.Stage) {
			for _, id := range ids {
				st.Steps = append(st.Steps, dockerfile.Step{Instruction: dockerfile.Run{Shell: "true", Mounts: []dockerfile.Mount{{Type: "secret", ID: id}}}})
			}
		}
	}
	input := func(name string) func(*dockerfile.Plan, *dockerfile.Stage) {
		return func(p *dockerfile.Plan, _ *dockerfile.Stage) {
			p.Inputs = []dockerfile.Input{{Name: name, Description: "is given"}}
			p.Targets[0].Tags = []string{"example.com/" + p.Path + ":v${" + name + "}"}
		}
	}
	for _, tt := range []struct {
		name     string
		variants []*images.Variant
		want     string
	}{
		{"paths", []*images.Variant{variant(s, "a.b", "scratch", nil), variant(s, "a_b", "scratch", nil), variant(s, "a-b", "scratch", nil)},
			`s/a_b path: bake-name: two things have the name "s-a_b" in the file for bake {target "image" of generated/s/a.b/Dockerfile; target "image" of generated/s/a_b/Dockerfile} [s/a.b path]`},
		{"a path and a target", []*images.Variant{variant(s, "a", "scratch", targets("image", "dev")), variant(s, "a-dev", "scratch", nil)},
			`s/a targets.dev: bake-name: two things have the name "s-a-dev" in the file for bake {target "image" of generated/s/a-dev/Dockerfile; target "dev" of generated/s/a/Dockerfile} [s/a-dev path]`},
		{"a path and a group of several", []*images.Variant{
			with(variant(s, "os-x", "scratch", nil), axis("os", "x"), axis("n", "1")), with(variant(s, "y", "scratch", nil), axis("os", "y"), axis("n", "1")),
			with(variant(s, "z", "scratch", nil), axis("os", "x"), axis("n", "2")),
		}, `s/os-x path: bake-name: two things have the name "s-os-x" in the file for bake {target "image" of generated/s/os-x/Dockerfile; the group for os x of the stack s}`},
		{"a group for the one target of the name", []*images.Variant{
			with(variant(s, "os-x", "scratch", nil), axis("os", "x")), with(variant(s, "os-y", "scratch", nil), axis("os", "y")),
		}, ""},
		{"values", []*images.Variant{
			with(variant(s, "x", "scratch", nil), axis("os", "a-b")), with(variant(s, "y", "scratch", nil), axis("os", "a+b")),
		}, `s/y path: bake-name: two things have the name "s-os-a-b" in the file for bake {the group for os a-b of the stack s; the group for os a+b of the stack s} [s/x path]`},
		{"stacks", []*images.Variant{variant(stack("a/b"), "x", "scratch", nil), variant(stack("a-b"), "y", "scratch", nil)},
			`a/b/x path: bake-name: two things have the name "a-b" in the file for bake {the group for the stack a-b; the group for the stack a/b} [a-b/y path]`},
		{"a stack that is called default", []*images.Variant{variant(stack("default"), "x", "scratch", nil), variant(s, "y", "scratch", nil)},
			`default/x path: bake-name: two things have the name "default" in the file for bake {the group for all images; the group for the stack default}`},
		{"secrets", []*images.Variant{variant(s, "x", "scratch", secret("a-b", "a_b", "a.b"))},
			`s/x path: bake-name: two things are the variable SECRET_A_B in the file for bake {the secret "a-b" of generated/s/x/Dockerfile; the secret "a_b" of generated/s/x/Dockerfile}`},
		{"an input and a build argument", []*images.Variant{
			variant(s, "x", "scratch", func(p *dockerfile.Plan, _ *dockerfile.Stage) { p.Args = []dockerfile.Arg{{Name: "N"}} }), variant(s, "y", "scratch", input("ARG_N")),
		}, `s/y path: bake-name: two things are the variable ARG_N in the file for bake {the build argument N of generated/s/x/Dockerfile; the input ARG_N of generated/s/y/Dockerfile}`},
		{"an input that expressions have a meaning for", []*images.Variant{variant(s, "x", "scratch", input("null"))},
			`s/x inputs.null: bake-name: the input null cannot be a variable of bake`},
		{"platforms of a parent", []*images.Variant{
			variant(s, "a", "scratch", on("linux/amd64")), variant(s, "b", "example.com/s:a", on("linux/amd64", "linux/arm64")),
		}, `s/b targets.image.platforms: parent-platform: the target "image" is built for linux/arm64, and its parent, the target "image" of the stack s, is not [s/a targets.image.platforms]`},
		{"a parent without platforms", []*images.Variant{
			variant(s, "a", "scratch", nil), variant(s, "b", "example.com/s:a", on("linux/amd64")),
		}, `s/b targets.image.platforms: parent-platform: the target "image" is built for linux/amd64, and its parent, the target "image" of the stack s, is not [s/a targets.image]`},
		{"a stage for one platform", []*images.Variant{
			variant(s, "a", "scratch", on("linux/amd64")), variant(s, "b", "example.com/s:a", func(p *dockerfile.Plan, st *dockerfile.Stage) {
				st.Platform, p.Targets[0].Platforms = "linux/amd64", []string{"linux/amd64", "linux/arm64"}
			}),
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all := run(t, tt.variants...)
			in := Input{Images: all}
			if all[0].Stack == s {
				in.Stack = s.Name
			}
			text, list := File(in)
			var got []string
			for _, d := range list {
				line := d.Span.File + ": " + string(d.Code) + ": " + d.Message
				if len(d.Notes) > 0 {
					line += " {" + strings.Join(d.Notes, "; ") + "}"
				}
				for _, r := range d.Related {
					line += " [" + r.Span.File + "]"
				}
				got = append(got, line)
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), tt.want)
			}
			if (text == nil) != (tt.want != "") {
				t.Errorf("text: %s", text)
			}
			// What is wrong within a stack is said once.
			if in.Stack != "" {
				if _, list := File(Input{Images: all}); len(list) > 0 {
					t.Errorf("reported again: %s", list[0].Message)
				}
			}
		})
	}
}

func TestCheck(t *testing.T) {
	const target = `"context": ".", "dockerfile": "d", "target": "s"`
	for _, tt := range []struct{ name, text, want string }{
		{"a field that bake does not know", `{"target": {"a": {` + target + `, "tag": ["x:1"]}}}`, `json: unknown field "tag"`},
		{"inheritance", `{"target": {"a": {` + target + `, "inherits": ["a"]}}}`, `json: unknown field "inherits"`},
		{"a bad tag", `{"target": {"a": {` + target + `, "tags": ["X:1"]}}}`, `target "a": the tag "X:1" is none: invalid reference format: repository name (library/X) must be lowercase`},
		{"no tag", `{"target": {"a": {` + target + `, "tags": ["x"]}}}`, `target "a": "x" has no tag`},
		{"a bad tag in an expression", `{"variable": {"B": {"default": ""}}, "target": {"a": {` + target + `, "tags": "${B == \"\" ? [] : [\"x:1\", \"x:/${B}\"]}"}}}`, `target "a": the tag "x:/x" is none: invalid reference format`},
		{"a variable", `{"target": {"a": {` + target + `, "args": {"A": "${B}"}}}}`, `target "a": there is no variable "B"`},
		{"a target of a group", `{"group": {"g": {"targets": ["b"]}}, "target": {"a": {` + target + `}}}`, `the group "g" has no target "b"`},
		{"an empty group", `{"group": {"g": {"targets": []}}}`, `the group "g" lacks targets, or a name of its own`},
		{"a group named as a target", `{"group": {"a": {"targets": ["a"]}}, "target": {"a": {` + target + `}}}`, `the group "a" lacks targets, or a name of its own`},
		{"a name", `{"target": {"a.b": {` + target + `}}}`, `the target "a.b" lacks a name, a context, a Dockerfile or a stage`},
		{"no parent", `{"target": {"a": {` + target + `, "contexts": {"x": "target:b"}}}}`, `target "a": there is no target "b"`},
		{"a circle", `{"target": {"a": {` + target + `, "contexts": {"x": "target:b"}}, "b": {` + target + `, "contexts": {"x": "${A == null ? \"target:a\" : \"\"}"}}}}`, `target "a": it is built from itself`},
		{"platforms", `{"target": {"a": {` + target + `, "platforms": ["p", "q"], "contexts": {"x": "target:b"}}, "b": {` + target + `, "platforms": ["p", "r"]}}}`, `target "a": "b" is not built for all of its platforms`},
		{"a field of the file that is none", `{"targets": {}}`, `bake knows no "targets"`},
		{"a target twice", `{"target": {"a": {` + target + `}, "a": {` + target + `}}}`, `there are two "a"`},
		{"a tag with a digest", `{"target": {"a": {` + target + `, "tags": ["x:1@sha256:0"]}}}`, `target "a": "x:1@sha256:0" has a digest, which nobody can publish it under`},
		{"no object", `{"target": []}`, `[ is no object`},
		{"no JSON", `{`, `EOF`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := Check(rope.Of(tt.text))
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}
