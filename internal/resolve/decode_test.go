package resolve

import (
	"fmt"
	"testing"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// Stages are decoded once each, only if they are reached, and what is wrong
// with all of them is reported at once. A stage that cannot be decoded has no
// base, which is no finding of its own.
func TestDecoding(t *testing.T) {
	all := stages{"a": from("b", copyFrom("c", "/x")), "b": from("c"), "c": {}, "d": {}}
	decoded := map[string]int{}
	p := plan("a:linux/amd64,linux/arm64")
	file, list := Resolve(Input{
		Plan:   p,
		Stages: []string{"a", "b", "c", "d"},
		Stage: func(name string) (dockerfile.Stage, diag.List) {
			decoded[name]++
			return all[name], diag.List{{Code: diag.CodeInstruction, Severity: diag.Error, Message: name + " is wrong"}}
		},
		Locate: func(dockerfile.Origin, string) source.Span { return source.Span{} },
	})
	if got, want := fmt.Sprint(decoded), "map[a:1 b:1 c:1]"; got != want {
		t.Errorf("decoded: %s, want %s", got, want)
	}
	want := ": instruction: a is wrong\n: instruction: b is wrong\n: instruction: c is wrong"
	if got := brief(list); got != want || len(file.Stages) > 0 {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What the plan says of the file as a whole goes into it as it is.
func TestFile(t *testing.T) {
	yes := true
	p := plan("a")
	p.Args = []dockerfile.Arg{arg("SHA", "x")}
	p.Syntax = "docker/dockerfile:1.20"
	p.Check = &dockerfile.Check{Error: &yes}
	file, list := resolve(p, stages{"a": from("x:1", run("$SHA"))})
	if len(list) > 0 {
		t.Fatal(brief(list))
	}
	if file.Syntax != p.Syntax || file.Check != p.Check || len(file.Args) != 1 || file.Args[0].Name != "SHA" {
		t.Errorf("got %+v", file)
	}
	step := file.Stages[0].Steps[0]
	if want := (dockerfile.Origin{Stage: "a", Path: "steps[0]"}); step.Origin != want {
		t.Errorf("the ARG comes from %+v, want %+v", step.Origin, want)
	}
}
