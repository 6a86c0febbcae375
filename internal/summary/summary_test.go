package summary

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

// from is a stage with steps, each with an origin of its own.
func from(name, base string, instructions ...dockerfile.Instruction) dockerfile.Stage {
	s := dockerfile.Stage{Name: name, From: base, Origin: dockerfile.Origin{Stage: name}}
	for i, in := range instructions {
		s.Steps = append(s.Steps, dockerfile.Step{
			Instruction: in, Origin: dockerfile.Origin{Stage: name, Path: fmt.Sprintf("steps[%d]", i)},
		})
	}
	return s
}

// file has stages, of which the last is the default.
func file(stages ...dockerfile.Stage) *dockerfile.File {
	version := "12"
	return &dockerfile.File{
		Stages: stages, Default: stages[len(stages)-1].Name,
		Args: []dockerfile.Arg{{Name: "VERSION", Default: &version}},
	}
}

// target is the view of the target "a" as JSON.
func target(t *testing.T, f *dockerfile.File, platforms ...string) []string {
	t.Helper()
	plan := dockerfile.Plan{Targets: []dockerfile.Target{{Stage: "a", Platforms: platforms}}, Contexts: []string{"sources"}}
	var out []string
	for _, target := range New(f, plan).Targets {
		data, err := json.Marshal(target.View(nil).Value())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	return out
}

func env(pairs ...string) dockerfile.Env {
	var e dockerfile.Env
	for i := 0; i < len(pairs); i += 2 {
		e.Pairs = append(e.Pairs, dockerfile.Pair{Name: pairs[i], Value: pairs[i+1]})
	}
	return e
}

func user(name string) dockerfile.User       { return dockerfile.User{Name: name} }
func workdir(path string) dockerfile.Workdir { return dockerfile.Workdir{Path: path} }

func cmd(argv ...string) dockerfile.Cmd {
	return dockerfile.Cmd{Command: dockerfile.Command{Exec: argv}}
}

func entrypoint(argv ...string) dockerfile.Entrypoint {
	return dockerfile.Entrypoint{Command: dockerfile.Command{Exec: argv}}
}

// What a target is like, in the facts that the instructions are about.
func TestFacts(t *testing.T) {
	shell := dockerfile.Cmd{Command: dockerfile.Command{Shell: "run it"}}
	for _, tt := range []struct {
		name   string
		stages []dockerfile.Stage
		want   string
	}{
		{"an image decides all", []dockerfile.Stage{from("a", "x:1")}, `"base":"x:1","stages":["a"],"images":["x:1"],"layers":0`},
		{"nothing but what Docker takes", []dockerfile.Stage{from("a", "scratch")},
			`"base":"scratch","images":[],"user":"root","group":"root","workdir":"/","entrypoint":[],"cmd":[],"shell":["/bin/sh","-c"]`},
		{"a context is no image", []dockerfile.Stage{from("a", "sources")}, `"base":"sources","images":[]`},
		{"the default of an argument", []dockerfile.Stage{from("a", "x:$VERSION")}, `"base":"x:12"`},
		{"user and group", []dockerfile.Stage{from("a", "x:1", user("app:0"))}, `"user":"app","group":"0"`},
		{"a user without the group from before", []dockerfile.Stage{from("b", "x:1", user("app:0")), from("a", "b", user("other"))},
			`"user":"other","group":null`},
		{"a user by a variable", []dockerfile.Stage{from("a", "x:1", env("WHO", "app"), user("${WHO}:0"))}, `"user":"app","group":"0"`},
		{"a user by an argument", []dockerfile.Stage{from("a", "x:1", user("${VERSION:-1}"))}, `"user":"${VERSION:-1}","group":null`},
		{"a user of the stage below", []dockerfile.Stage{from("b", "x:1", user("app")), from("a", "b")}, `"user":"app","stages":["b","a"]`},
		{"workdir, joined", []dockerfile.Stage{from("a", "x:1", workdir("/w/./x"), workdir("../y"))}, `"workdir":"/w/y","layers":2`},
		{"workdir below what is not known", []dockerfile.Stage{from("a", "x:1", workdir("y"))}, `"workdir":null`},
		{"workdir by a variable", []dockerfile.Stage{from("a", "x:1", workdir("$HOME/x"))}, `"workdir":"$HOME/x"`},
		{"the root is there already", []dockerfile.Stage{from("a", "x:1", workdir("/"))}, `"workdir":"/","layers":0`},
		{"env of two stages", []dockerfile.Stage{from("b", "x:1", env("A", "1", "B", "2")), from("a", "b", env("B", "3"))},
			`"env":{"A":"1","B":"3"}`},
		{"env, expanded", []dockerfile.Stage{from("a", "x:1", env("A", "1"), env("B", "${A}/$A", "A", "2"))}, `"env":{"A":"2","B":"1/1"}`},
		{"env, of the image", []dockerfile.Stage{from("a", "x:1", env("PATH", "/x:$PATH"), env("PATH", "/y:$PATH"))}, `"env":{"PATH":"/y:$PATH"}`},
		{"a literal dollar sign", []dockerfile.Stage{from("a", "x:1", env("A", `5\$`))}, `"env":{"A":"5$"}`},
		{"labels", []dockerfile.Stage{from("a", "x:1", env("A", "1"),
			dockerfile.Label{Pairs: []dockerfile.Pair{{Name: "v", Value: "$VERSION"}, {Name: "a", Value: "$A"}}})},
			`"labels":{"v":"$VERSION","a":"1"}`},
		{"ports and volumes, each once", []dockerfile.Stage{
			from("b", "x:1", dockerfile.Expose{Ports: []string{"80"}}, dockerfile.Volume{Paths: []string{"/data"}}),
			from("a", "b", dockerfile.Expose{Ports: []string{"80", "81"}}, dockerfile.Volume{Paths: []string{"/data"}}),
		}, `"ports":["80","81"],"volumes":["/data"]`},
		{"cmd of the image", []dockerfile.Stage{from("a", "x:1")}, `"cmd":null,"entrypoint":null`},
		{"a new entrypoint takes cmd away", []dockerfile.Stage{from("b", "x:1", cmd("c")), from("a", "b", entrypoint("e"))},
			`"entrypoint":["e"],"cmd":[]`},
		{"but not that of the stage", []dockerfile.Stage{from("a", "x:1", cmd("c"), entrypoint("e"))}, `"entrypoint":["e"],"cmd":["c"]`},
		{"a new cmd leaves the entrypoint", []dockerfile.Stage{from("b", "x:1", entrypoint("e")), from("a", "b", cmd("c"))},
			`"entrypoint":["e"],"cmd":["c"]`},
		{"a shell form", []dockerfile.Stage{from("a", "x:1", shell)}, `"cmd_shell":"run it","cmd":null`},
		{"a healthcheck", []dockerfile.Stage{from("a", "x:1", dockerfile.Healthcheck{
			Command: &dockerfile.Command{Exec: []string{"true"}}, Interval: "5s"})}, `"healthcheck":{"none":false,"cmd":["true"],"interval":"5s"}`},
		{"no healthcheck", []dockerfile.Stage{from("a", "x:1", dockerfile.Healthcheck{})}, `"healthcheck":{"none":true}`},
		{"shell and stopsignal", []dockerfile.Stage{from("a", "x:1", dockerfile.Shell{Argv: []string{"/bin/bash", "-c"}},
			dockerfile.StopSignal{Signal: "SIGINT"})}, `"shell":["/bin/bash","-c"],"stopsignal":"SIGINT"`},
		{"layers", []dockerfile.Stage{
			from("c", "x:1", dockerfile.Run{Shell: "x"}),
			from("b", "x:1", dockerfile.Run{Shell: "x"}, workdir("/w")),
			from("a", "b", dockerfile.Copy{From: "c", Sources: []string{"/x"}, Dest: "/"}, dockerfile.Add{Sources: []string{"x"}, Dest: "/"}, user("x")),
		}, `"layers":4`},
		{"all images", []dockerfile.Stage{
			from("d", "never:1"),
			from("c", "x:2"),
			from("b", "x:1", dockerfile.Run{Shell: "x", Mounts: []dockerfile.Mount{{Type: "bind", From: "y:1"}, {Type: "bind", From: "c"}}}),
			from("a", "b", dockerfile.Copy{From: "z:1"}, dockerfile.Copy{From: "x:1"}, dockerfile.Copy{From: "sources"}),
		}, `"images":["x:2","x:1","y:1","z:1"]`},
		{"triggers are not of this image", []dockerfile.Stage{from("a", "x:1", dockerfile.OnBuild{Instruction: user("x")})}, `"user":null,"layers":0`},
		{"name and default", []dockerfile.Stage{from("b", "x:1"), from("a", "b")}, `"name":"a","default":true,"tags":[],"platforms":[]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := target(t, file(tt.stages...))
			if len(got) != 1 {
				t.Fatalf("%d views", len(got))
			}
			holds(t, got[0], "{"+tt.want+"}")
		})
	}
}

// holds compares the fields of want, a null among them for one that is absent.
func holds(t *testing.T, got, want string) {
	t.Helper()
	var have, need map[string]any
	if err := json.Unmarshal([]byte(got), &have); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &need); err != nil {
		t.Fatal(err)
	}
	for name, value := range need {
		if fmt.Sprint(have[name]) != fmt.Sprint(value) {
			t.Errorf("%s is %v, want %v", name, have[name], value)
		}
	}
}

// A base that depends on the platform makes several descriptions, but only
// where they differ.
func TestPlatforms(t *testing.T) {
	f := file(
		from("base_amd64", "x:1", user("amd")),
		from("base_arm64", "y:1", user("arm")),
		from("b", "base_${TARGETARCH}", dockerfile.Run{Shell: "make"}),
		from("a", "x:1", dockerfile.Copy{From: "b", Sources: []string{"/out"}, Dest: "/"}),
	)
	plan := dockerfile.Plan{Targets: []dockerfile.Target{
		{Stage: "a", Platforms: []string{"linux/amd64", "linux/arm64"}},
		{Stage: "b", Platforms: []string{"linux/amd64", "linux/arm64"}},
		{Stage: "base_amd64", Platforms: []string{"linux/amd64"}},
	}}
	s := New(f, plan)
	var got []string
	for _, t := range s.Targets {
		got = append(got, fmt.Sprint("target ", t.Name, t.Of, t.Stage.Base.Ref, " ", len(t.Images)))
	}
	for _, s := range s.Stages {
		got = append(got, strings.TrimSpace(fmt.Sprint("stage ", s.Name, s.Of, s.Chain, s.Config.User.Value)))
	}
	want := `target a[linux/amd64]x:1 1
target a[linux/arm64]x:1 2
target b[linux/amd64]x:1 1
target b[linux/arm64]y:1 1
target base_amd64[]x:1 1
stage base_amd64[] [base_amd64]amd
stage base_arm64[] [base_arm64]arm
stage b[linux/amd64] [base_amd64 b]amd
stage b[linux/arm64] [base_arm64 b]arm
stage a[] [a]`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}
