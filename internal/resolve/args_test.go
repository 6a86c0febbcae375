package resolve

import (
	"testing"

	"stagecue.dev/internal/dockerfile"
)

// args is a plan of one target with build arguments.
func args(list ...dockerfile.Arg) dockerfile.Plan {
	p := plan("a")
	p.Args = list
	return p
}

// A build argument is declared right before the first instruction of each
// stage that uses it, and nowhere else.
func TestArgs(t *testing.T) {
	sha, url := arg("SHA", "unknown"), arg("URL", "https://example.com")
	for _, tt := range []struct {
		name   string
		plan   dockerfile.Plan
		stages stages
		want   string
	}{
		{"before the first use", args(sha), stages{"a": from("x:1", run("ls"), run("echo $SHA"), run("echo $SHA"))},
			"a: RUN ARG=SHA RUN RUN"},
		{"several at once, by name", args(sha, url), stages{"a": from("x:1", run("curl $URL/${SHA}"))},
			"a: ARG=SHA ARG=URL RUN"},
		{"in each stage that uses it", args(sha), stages{"a": from("b", run("echo $SHA")), "b": from("c", run("echo $SHA")), "c": from("x:1", run("ls"))},
			"c: RUN\nb: ARG=SHA RUN\na: ARG=SHA RUN"},
		{"a field that Docker expands", args(sha), stages{"a": from("x:1", dockerfile.Workdir{Path: "/src/$SHA"})},
			"a: ARG=SHA WORKDIR"},
		{"a mount", args(sha), stages{"a": from("x:1", dockerfile.Run{Shell: "x", Mounts: []dockerfile.Mount{{Type: "cache", Target: "/c/$SHA"}}})},
			"a: ARG=SHA RUN"},
		{"what is not spelled out", args(sha), stages{"a": from("x:1", dockerfile.Run{Shell: "make", Uses: []string{"SHA"}})},
			"a: ARG=SHA RUN"},
		{"an expansion escaped", args(sha), stages{"a": from("x:1", dockerfile.Workdir{Path: `/\$SHA`}, run("echo $SHA"))},
			"a: WORKDIR ARG=SHA RUN"},
		{"the shell's own names", args(sha), stages{"a": from("x:1", run("for f in *; do echo $f $HOME; done; echo $SHA"))},
			"a: ARG=SHA RUN"},
		{"for FROM alone", args(arg("BASE", "x:1")), stages{"a": from("$BASE", run("ls"))},
			"a: RUN"},
		{"for FROM and a step", args(arg("TAG", "1")), stages{"a": from("x:$TAG", run("ls"), run("echo $TAG"))},
			"a: RUN ARG=TAG RUN"},
		{"a platform argument", plan("a"), stages{"a": from("x:1", run("ls"), run("echo $TARGETARCH"))},
			"a: RUN ARG=TARGETARCH RUN"},
		{"ENV makes a name known", plan("a"), stages{"a": from("x:1", env("HOME", "/root"), dockerfile.Workdir{Path: "$HOME"})},
			"a: ENV WORKDIR"},
		{"ENV of the base makes a name known", plan("a"), stages{
			"a": from("b", dockerfile.Workdir{Path: "$HOME"}), "b": from("c"), "c": from("x:1", env("HOME", "/root")),
		}, "c: ENV\nb:\na: WORKDIR"},
		{"what the image of the base sets", plan("a"), stages{
			"a": from("b", dockerfile.Workdir{Path: "$GOPATH"}),
			"b": {From: "golang:1", InheritedEnv: []string{"GOPATH"}},
		}, "b:\na: WORKDIR"},
		{"PATH is always there", plan("a"), stages{"a": from("x:1", env("PATH", "/opt/bin:$PATH"))}, "a: ENV"},
		{"ENV hides the argument of that name", args(sha), stages{"a": from("x:1", run("echo $SHA"), env("SHA", "1"), run("echo $SHA"))},
			"a: ARG=SHA RUN ENV RUN"},
		{"ENV from the argument of that name", args(sha), stages{"a": from("x:1", env("SHA", "$SHA"), run("echo $SHA"))},
			"a: ARG=SHA ENV RUN"},
		{"ENV of a stage that is only copied from", args(sha), stages{
			"a": from("x:1", copyFrom("b", "/x"), run("echo $SHA")), "b": from("x:1", env("SHA", "1")),
		}, "b: ENV\na: COPY ARG=SHA RUN"},
		{"commands that run later see no argument", args(sha), stages{
			"a": from("x:1", dockerfile.Cmd{Command: dockerfile.Command{Shell: "echo $SHA"}}, run("echo $SHA")),
		}, "a: CMD ARG=SHA RUN"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustResolve(t, tt.plan, tt.stages); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestArgFindings(t *testing.T) {
	sha := arg("SHA", "unknown")
	for _, tt := range []struct {
		name   string
		plan   dockerfile.Plan
		stages stages
		want   string
	}{
		{"nothing sets it", args(sha), stages{"a": from("x:1", run("$SHA"), env("X", "$SHAA"))},
			`a.steps[1].env.X: undeclared-arg: $SHAA is expanded at build time, but nothing sets SHAA (did you mean "SHA"? Otherwise declare it in dockerfile.args, ` +
				"name it in the stage's inheritedEnv if the base image sets it, or write \\$SHAA for the text itself)"},
		{"nothing like it is set", plan("a"), stages{"a": from("x:1", copyFrom("", "$CUDA_HOME/lib"))},
			`a.steps[0].copy.src[0]: undeclared-arg: $CUDA_HOME is expanded at build time, but nothing sets CUDA_HOME ` +
				`(declare it in dockerfile.args, name it in the stage's inheritedEnv if the base image sets it, or write \$CUDA_HOME for the text itself)`},
		{"ENV comes too late", plan("a"), stages{"a": from("x:1", dockerfile.Workdir{Path: "$PREFIX_DIR"}, env("PREFIX_DIR", "/x"))},
			`a.steps[0].workdir: undeclared-arg: $PREFIX_DIR is expanded at build time, but nothing sets PREFIX_DIR ` +
				`(declare it in dockerfile.args, name it in the stage's inheritedEnv if the base image sets it, or write \$PREFIX_DIR for the text itself)`},
		{"ENV does not see itself", plan("a"), stages{"a": from("x:1", env("LD_PATH", "/x:$LD_PATH"))},
			`a.steps[0].env.LD_PATH: undeclared-arg: $LD_PATH is expanded at build time, but nothing sets LD_PATH ` +
				`(declare it in dockerfile.args, name it in the stage's inheritedEnv if the base image sets it, or write \$LD_PATH for the text itself)`},
		{"uses of nothing", args(sha), stages{"a": from("x:1", dockerfile.Run{Shell: "$SHA", Uses: []string{"SHA", "SAH", "COMMIT"}})},
			`a.steps[0].uses[1]: undeclared-arg: "SAH" is no build argument (did you mean "SHA"?)` + "\n" +
				`a.steps[0].uses[2]: undeclared-arg: "COMMIT" is no build argument (declare it in dockerfile.args)`},
		{"nothing uses it", args(sha, arg("URL")), stages{"a": from("x:1", run("echo $SHA"), env("C", "\\$URL"))},
			"args.URL: unused-arg: nothing uses the build argument \"URL\" (remove it, or name it in `uses` of the run that reads it unseen)"},
		{"only a stage that is left out uses it", args(sha), stages{"a": from("x:1"), "b": from("x:1", run("echo $SHA"))},
			"args.SHA: unused-arg: nothing uses the build argument \"SHA\" (remove it, or name it in `uses` of the run that reads it unseen)"},
		{"ENV hides it", args(sha), stages{"a": from("x:1", env("SHA", "1"), run("echo $SHA"))},
			"args.SHA: unused-arg: nothing uses the build argument \"SHA\" (remove it, or name it in `uses` of the run that reads it unseen)"},
		{"FROM without a default", args(arg("BASE")), stages{"a": from("$BASE")},
			"a.from: instruction: `from` uses the build argument \"BASE\", which has no default (give it one in dockerfile.args: without it plain `docker build` fails)"},
		{"FROM with what is not declared", args(sha), stages{"a": from("x:$SHAA", run("$SHA"))},
			"a.from: undeclared-arg: `from` uses $SHAA, which is no build argument (did you mean \"SHA\"?)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := resolve(tt.plan, tt.stages)
			if got := brief(list); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
