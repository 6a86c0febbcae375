package resolve

import (
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

const digest = "@sha256:0123456789012345678901234567890123456789012345678901234567890123"

// What a base may be, and what is wrong with others.
func TestFrom(t *testing.T) {
	for _, tt := range []struct{ base, want string }{
		{"scratch", ""},
		{"debian:12", ""},
		{"library/debian:12", ""},
		{"ghcr.io/astral-sh/uv:0.9", ""},
		{"localhost:5000/debian:12", ""},
		{"debian" + digest, ""},
		{"localhost:5000/debian:12" + digest, ""},
		{"sources", ""},
		{"builder", ""},
		{"debian/debian", `untagged-image: stage "a" is built from "debian/debian", an image without a tag or a digest ` +
			`(add one: without it, :latest is meant, which is another image every week)`},
		{"localhost:5000/debian", `untagged-image: stage "a" is built from "localhost:5000/debian", an image without a tag or a digest ` +
			`(add one: without it, :latest is meant, which is another image every week)`},
		{"debian", `unknown-stage: stage "a" is built from "debian", which is no stage, image or context (an image needs a tag or a digest, as in debian:<tag>; a named context is declared in dockerfile.contexts)`},
		{"bilder", `unknown-stage: stage "a" is built from "bilder", which is no stage, image or context (did you mean "builder"?)`},
		{"Builder", `unknown-stage: stage "a" is built from "Builder", which is no stage, image or context (did you mean "builder"?)`},
		{"BUILDER", `unknown-stage: stage "a" is built from "BUILDER", which is no stage, image or context (did you mean "builder"? names are lower case)`},
		{"source", `unknown-stage: stage "a" is built from "source", which is no stage, image or context (did you mean "sources"?)`},
		{"0", `unknown-stage: stage "a" is built from "0", which is no stage, image or context (stages have no numbers here: name the stage)`},
		{"Debian:12", `unknown-stage: stage "a" is built from "Debian:12", which is no image reference: ` +
			`invalid reference format: repository name (library/Debian) must be lowercase (write it as [registry/]name:tag)`},
		{"debian:", `unknown-stage: stage "a" is built from "debian:", which is no image reference: invalid reference format (write it as [registry/]name:tag)`},
		{"https://example.com/x", `unknown-stage: stage "a" is built from "https://example.com/x", which is no image reference: invalid reference format (write it as [registry/]name:tag)`},
	} {
		p := plan("a")
		p.Contexts = []string{"sources"}
		_, list := resolve(p, stages{"a": from(tt.base, copyFrom("sources", "/x")), "builder": from("scratch")})
		got := brief(list)
		if want := strings.TrimSpace("a.from: " + tt.want); tt.want == "" && got != "" || tt.want != "" && got != want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.base, got, want)
		}
	}
}

// COPY --from and mounts take the same, but expand nothing.
func TestCopyFrom(t *testing.T) {
	for _, tt := range []struct{ from, want string }{
		{"builder", ""},
		{"sources", ""},
		{"debian:12", ""},
		{"debian" + digest, ""},
		{"bilder", `unknown-stage: stage "a" copies from "bilder", which is no stage, image or context (did you mean "builder"?)`},
		{"scratch", `unknown-stage: stage "a" copies from "scratch", which is no stage, image or context (an image needs a tag or a digest, as in scratch:<tag>; a named context is declared in dockerfile.contexts)`},
		{"x/y", `untagged-image: stage "a" copies from "x/y", an image without a tag or a digest (add one: without it, :latest is meant, which is another image every week)`},
		{"1", `unknown-stage: stage "a" copies from "1", which is no stage, image or context (stages have no numbers here: name the stage)`},
		{"wheels_${TARGETARCH}", "instruction: stage \"a\" copies from \"wheels_${TARGETARCH}\", but BuildKit expands nothing here " +
			"(make a stage whose own `from` holds the expansion, and name that stage here)"},
	} {
		for field, step := range map[string]dockerfile.Instruction{
			"a.steps[0].copy.from": copyFrom(tt.from, "/x"), "a.steps[0].mounts[0].from": mountFrom(tt.from, "/x"),
		} {
			p := plan("a")
			p.Contexts = []string{"sources"}
			_, list := resolve(p, stages{"a": from("scratch", step, copyFrom("sources", "/x")), "builder": from("scratch")})
			got := brief(list)
			want := field + ": " + tt.want
			if strings.Contains(field, "mounts") {
				want = strings.Replace(want, "copies from", "mounts from", 1)
			}
			if tt.want == "" && got != "" || tt.want != "" && got != want {
				t.Errorf("%s\ngot  %s\nwant %s", tt.from, got, want)
			}
		}
	}
}

func TestTargets(t *testing.T) {
	all := stages{"runtime": from("scratch"), "dev": from("scratch")}
	withoutDefault := plan("dev", "runtime")
	withoutDefault.Default = ""
	otherDefault := plan("dev")
	otherDefault.Default = "runtime"
	for _, tt := range []struct {
		name string
		plan dockerfile.Plan
		want string
	}{
		{"no stage", plan("runtim"), `targets.runtim: unknown-target: the target "runtim" is no stage (did you mean "runtime"?)`},
		{"like no stage", plan("app.v2"), `targets."app.v2": unknown-target: the target "app.v2" is no stage (the stages are dev, runtime)`},
		{"no default", withoutDefault,
			": unknown-target: there are 2 targets, and none of them is the default (say `default: \"...\"`: it is what plain `docker build` builds)"},
		{"default that is no target", otherDefault, `default: unknown-target: the default "runtime" is none of the targets (the targets are dev)`},
	} {
		if _, list := resolve(tt.plan, all); brief(list) != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.name, brief(list), tt.want)
		}
	}
}

func TestUnusedContext(t *testing.T) {
	p := plan("a")
	p.Contexts = []string{"src-tree", "used_by_copy", "used_by_from", "used_by_mount"}
	_, list := resolve(p, stages{"a": from("used_by_from", copyFrom("used_by_copy", "/x"), mountFrom("used_by_mount", "/x"))})
	want := `contexts."src-tree": unused-context: nothing uses the named context "src-tree" (remove it)`
	if got := brief(list); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
