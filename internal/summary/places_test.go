package summary

import (
	"fmt"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

// Each fact knows the field that it comes from, also in stages below.
func TestPlaces(t *testing.T) {
	f := file(
		from("b", "x:1", env("A", "1", "B.C", "2"), user("app"),
			dockerfile.Copy{From: "y:1", Sources: []string{"/x"}, Dest: "/"},
			dockerfile.Run{Exec: []string{"x"}, Mounts: []dockerfile.Mount{{Type: "cache", Target: "/c"}, {Type: "bind", From: "z:1"}}}),
		from("a", "b", env("A", "3"), dockerfile.Entrypoint{Command: dockerfile.Command{Shell: "x"}}),
	)
	s := New(f, dockerfile.Plan{Targets: []dockerfile.Target{{Stage: "a", Tags: []string{"t"}}}})
	var got []string
	var visit func(path string, n Node)
	visit = func(path string, n Node) {
		got = append(got, fmt.Sprintf("%s: %s|%s|%s", path, n.At.Origin.Stage, n.At.Origin.Path, n.At.Field))
		for _, f := range n.Fields {
			visit(path+"."+f.Name, f.Value)
		}
		for i, item := range n.Items {
			visit(fmt.Sprintf("%s[%d]", path, i), item)
		}
	}
	visit("target", s.Targets[0].View(nil))
	visit("run", s.Stages[0].Steps[3].View(nil))
	all := strings.Join(got, "\n") + "\n"
	for _, want := range []string{
		"target: ||targets.a", "target.tags[0]: ||targets.a.tags[0]", "target.default: ||default",
		"target.user: b|steps[1]|user", "target.env.A: a|steps[0]|env.A", `target.env.B.C: b|steps[0]|env."B.C"`,
		"target.base: b||from", "target.images[0]: b||from", "target.images[1]: b|steps[2]|copy.from", "target.images[2]: b|steps[3]|mounts[1].from",
		"target.entrypoint_shell: a|steps[1]|entrypoint_shell", "target.cmd: a|steps[1]|entrypoint_shell",
		"run.exec: b|steps[3]|exec", "run.mounts[0].target: b|steps[3]|mounts[0].target", "run.user: b|steps[1]|user",
	} {
		if !strings.Contains(all, want+"\n") {
			t.Errorf("no %s in\n%s", want, all)
		}
	}
}

// What RUN has below it decides whether it can run at all.
func TestEmpty(t *testing.T) {
	run := dockerfile.Run{Exec: []string{"/x"}}
	f := file(
		from("c", "scratch", run, dockerfile.Copy{Sources: []string{"x"}, Dest: "/"}, run),
		from("b", "scratch"),
		from("d", "b", run),
		from("e", "c", run),
		from("a", "x:1", run),
	)
	plan := dockerfile.Plan{}
	for _, s := range f.Stages {
		plan.Targets = append(plan.Targets, dockerfile.Target{Stage: s.Name})
	}
	var got []string
	for _, s := range New(f, plan).Stages {
		for _, step := range s.Steps {
			got = append(got, fmt.Sprint(s.Name, step.Instruction.Keyword(), step.Empty))
		}
	}
	if text, want := strings.Join(got, " "), "cRUNtrue cCOPYtrue cRUNfalse dRUNtrue eRUNfalse aRUNfalse"; text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}
