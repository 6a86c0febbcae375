package compile

import "testing"

// stackAt is a stack with two values of one axis, and the output path.
func stackAt(pkg, axes, path string) string {
	return head(pkg) + "axes: schema.#Axes & {os: {" + axes + "}}\nvariant: schema.#Variant\n" +
		"stages: schema.#Stages & {a: from: \"debian:12\"}\n" +
		"dockerfile: schema.#Dockerfile & {targets: a: {}, path: " + path + "}\n"
}

// Paths that cannot be had, or not beside each other, on Linux, macOS and
// Windows alike.
func TestPaths(t *testing.T) {
	const two = `"a": {id: "a", p: "x"}, "b": {id: "b", p: "y"}`
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"two paths", map[string]string{"stages/app/app.cue": stackAt("app", two, `variant.os.p`)}, ""},
		{"one path", map[string]string{"stages/app/app.cue": stackAt("app", two, `"x"`)},
			`stages/app/app.cue:8:57: duplicate-path: two variants have the output path "x"
  note: os=a
  note: os=b
  help: let dockerfile.path tell them apart: by \(variant.os.id)`},
		{"one path but for the case", map[string]string{
			"stages/app/app.cue": stackAt("app", `"a": {id: "a", p: "X"}, "b": {id: "b", p: "x"}`, `"\(variant.os.p)/y"`)},
			`stages/app/app.cue:8:57: duplicate-path: two variants have the output path "x/y"
  note: os=a
  note: os=b
  help: let dockerfile.path tell them apart: by \(variant.os.id)`},
		{"one directory but for the case", map[string]string{
			"stages/app/app.cue": stackAt("app", `"a": {id: "a", p: "X/1"}, "b": {id: "b", p: "x/2"}`, `variant.os.p`)},
			`stages/app/app.cue:8:57: duplicate-path: the output path "x/2" is in the way of another one: macOS and Windows take app/x for the same directory as app/X
  note: os=a
  note: os=b
  help: let dockerfile.path tell them apart: by \(variant.os.id)`},
		{"a Dockerfile that is a directory", map[string]string{
			"stages/app/app.cue": stackAt("app", `"a": {id: "a", p: "x"}, "b": {id: "b", p: "x/Dockerfile"}`, `variant.os.p`)},
			`stages/app/app.cue:8:57: duplicate-path: the output path "x/Dockerfile" is in the way of another one: one of its directories is the file app/x/Dockerfile as well
  note: os=a
  note: os=b
  help: let dockerfile.path tell them apart: by \(variant.os.id)`},
		{"one path of two stacks", map[string]string{
			"stages/app/app.cue": stackAt("app", `"a": {id: "a"}`, `"sub/x"`), "stages/app/sub/sub.cue": head("sub") +
				"stages: schema.#Stages & {a: from: \"debian:12\"}\ndockerfile: schema.#Dockerfile & {targets: a: {}, path: \"x\"}\n"},
			`stages/app/sub/sub.cue:6:57: duplicate-path: two variants have the output path "x"
  note: stack app os=a
  note: stack app/sub
  help: choose another dockerfile.path in one of the stacks`},
		{"a name that Windows reserves", map[string]string{"stages/app/app.cue": stackAt("app", two, `"con/\(variant.os.p)"`)},
			`stages/app/app.cue:8:57: output-path: the output path cannot be had everywhere: Windows reserves the name "con"
  note: in the variant os=a
  help: choose another dockerfile.path`},
		{"a name that Windows cuts", map[string]string{"stages/app/app.cue": stackAt("app", `"a": {id: "a"}`, `"x."`)},
			`stages/app/app.cue:8:57: output-path: the output path cannot be had everywhere: Windows drops the end of the name "x."
  note: in the variant os=a
  help: choose another dockerfile.path`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := brief(run(t, module(t, "m", tt.files)).Findings); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
