package resolve

import (
	"testing"

	"stagecue.dev/internal/dockerfile"
)

// A base that depends on the platform stands for a stage of each platform.
func TestPlatforms(t *testing.T) {
	all := stages{
		"a":               from("base_${TARGETARCH}"),
		"base_amd64":      from("x:1", env("LIBDIR", "/lib64")),
		"base_arm64":      from("x:1", env("LIBDIR", "/lib")),
		"base_arm":        from("base_arm$TARGETVARIANT"),
		"base_armv7":      from("x:1"),
		"b":               from("${TARGETOS}-x:1", copyFrom("a", "/x")),
		"with_default":    from("base_${TARGETARCH:-amd64}"),
		"base_linux_arch": from("scratch"),
		"lib":             from("a", dockerfile.Workdir{Path: "$LIBDIR"}),
	}
	for _, tt := range []struct {
		name string
		plan dockerfile.Plan
		want string
	}{
		{"one", plan("a:linux/amd64"), "base_amd64: ENV\na:"},
		{"two", plan("a:linux/arm64,linux/amd64"), "base_arm64: ENV\nbase_amd64: ENV\na:"},
		{"a variant", plan("a:linux/arm/v7"), "base_armv7:\nbase_arm:\na:"},
		{"each target for its own", plan("a:linux/amd64", "lib:linux/arm64"), "base_amd64: ENV\nbase_arm64: ENV\na:\nlib: WORKDIR"},
		{"of the target, not of what lies between", plan("b:linux/amd64"), "base_amd64: ENV\na:\nb: COPY"},
		{"a default is as good", plan("with_default:linux/arm64"), "base_arm64: ENV\nwith_default:"},
		{"what all bases set is known", plan("lib:linux/amd64,linux/arm64"), "base_amd64: ENV\nbase_arm64: ENV\na:\nlib: WORKDIR"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustResolve(t, tt.plan, all); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// What only some of the bases set is not set on all platforms.
func TestPlatformsThatDifferInEnv(t *testing.T) {
	p := plan("a:linux/amd64,linux/arm64")
	p.Args = []dockerfile.Arg{arg("LIBDIR", "/lib")}
	all := stages{
		"a":          from("base_$TARGETARCH", run("ls"), dockerfile.Workdir{Path: "$LIBDIR"}),
		"base_amd64": from("x:1", env("LIBDIR", "/lib64")),
		"base_arm64": from("x:1"),
	}
	if got, want := mustResolve(t, p, all), "base_amd64: ENV\nbase_arm64:\na: RUN ARG=LIBDIR WORKDIR"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Of what is no stage nothing is known.
	delete(all, "base_arm64")
	p.Contexts = []string{"base_arm64"}
	if got, want := mustResolve(t, p, all), "base_amd64: ENV\na: RUN ARG=LIBDIR WORKDIR"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	p.Args = nil
	_, list := resolve(p, all)
	want := `a.steps[1].workdir: undeclared-arg: $LIBDIR is expanded at build time, but nothing sets LIBDIR ` +
		`(declare it in dockerfile.args, name it in the stage's inheritedEnv if the base image sets it, or write \$LIBDIR for the text itself)`
	if got := brief(list); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPlatformFindings(t *testing.T) {
	withArg := func(value string) dockerfile.Plan {
		p := plan("a")
		p.Args = []dockerfile.Arg{arg("BASE", value)}
		return p
	}
	withPlatforms := func(value string) dockerfile.Plan {
		p := withArg(value)
		p.Targets[0].Platforms = []string{"linux/amd64", "linux/arm64"}
		return p
	}
	for _, tt := range []struct {
		name string
		plan dockerfile.Plan
		base string
		want string
	}{
		{"no stage for one platform", plan("a:linux/amd64,linux/s390x"), "base_${TARGETARCH}",
			`a.from: unknown-stage: stage "a" is built from "base_${TARGETARCH}", which for linux/s390x is "base_s390x": no stage, image or context ` +
				`(add a stage "base_s390x", or leave linux/s390x out of the target's platforms)`},
		{"no tag for any platform", plan("a:linux/amd64,linux/arm64"), "x/$TARGETARCH",
			`a.from: untagged-image: stage "a" is built from "x/amd64", an image without a tag or a digest (add one: without it, :latest is meant, which is another image every week)` + "\n" +
				`a.from: untagged-image: stage "a" is built from "x/arm64", an image without a tag or a digest (add one: without it, :latest is meant, which is another image every week)`},
		{"no platforms", plan("a"), "base_${TARGETARCH}",
			"a.from: platform: `from` uses $TARGETARCH, but a target that reaches stage \"a\" declares no platforms (give the target `platforms`: they tell which stages it needs)"},
		{"no platforms of another target", plan("a", "b:linux/amd64"), "base_${TARGETARCH}",
			"a.from: platform: `from` uses $TARGETARCH, but a target that reaches stage \"a\" declares no platforms (give the target `platforms`: they tell which stages it needs)"},
		{"the machine that builds", plan("a:linux/amd64"), "base_$BUILDARCH",
			"a.from: platform: `from` uses $BUILDARCH: which stage that is depends on the machine that builds (use $TARGETARCH or its like)"},
		{"an argument that is no stage", withArg("bse"), "${BASE}_amd64",
			`a.from: unknown-stage: stage "a" is built from "${BASE}_amd64", which by default is "bse_amd64": no stage, image or context (did you mean "base_amd64"?)`},
		{"an argument that is empty", withArg(""), "$BASE",
			`a.from: unknown-stage: stage "a" is built from "$BASE", which by default is "": no stage, image or context (give the build argument a default that makes it a stage or an image with a tag)`},
		{"an argument that is no stage on any platform", withPlatforms("bse"), "$BASE",
			`a.from: unknown-stage: stage "a" is built from "$BASE", which by default is "bse": no stage, image or context (give the build argument a default that makes it a stage or an image with a tag)`},
		{"an argument that is scratch", withArg("scratch"), "$BASE", ""},
		{"an argument that is a stage", withArg("base"), "${BASE}_amd64", ""},
		{"an argument that is an image", withArg("debian:12"), "${BASE}", ""},
		{"an expansion that is none", plan("a"), "${", "a.from: instruction: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := resolve(tt.plan, stages{"a": from(tt.base), "b": from("a"), "base_amd64": from("x:1")})
			got := brief(list)
			if tt.want == "a.from: instruction: " && len(got) > len(tt.want) {
				got = got[:len(tt.want)]
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
