package resolve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

func TestOrder(t *testing.T) {
	for _, tt := range []struct {
		name   string
		plan   dockerfile.Plan
		stages stages
		want   string
	}{
		{"one stage", plan("a"), stages{"a": from("scratch")}, "a"},
		{"what nobody needs is left out", plan("a"), stages{"a": from("scratch"), "b": from("a")}, "a"},
		{"what others need comes first", plan("a"), stages{"a": from("b"), "b": from("c"), "c": from("scratch")}, "c b a"},
		{"references in the order of the steps", plan("a"), stages{
			"a": from("base", copyFrom("z", "/x"), mountFrom("c", "/x"), copyFrom("b", "/x")),
			"b": from("scratch"), "c": from("scratch"), "z": from("scratch"), "base": from("scratch"),
		}, "base z c b a"},
		{"each stage once", plan("a"), stages{
			"a": from("b", copyFrom("c", "/x"), copyFrom("c", "/y")), "b": from("d"), "c": from("d"), "d": from("scratch"),
		}, "d b c a"},
		{"other targets by name, the default last", plan("m", "z", "a"), stages{
			"a": from("scratch"), "m": from("base"), "z": from("base"), "base": from("scratch"),
		}, "base a z m"},
		{"a default that others need cannot be last", plan("m", "dev"), stages{
			"m": from("base"), "dev": from("m"), "base": from("scratch"),
		}, "base m dev"},
		{"a default that others only copy from", plan("m", "dev"), stages{
			"m": from("scratch"), "dev": from("scratch", copyFrom("m", "/x")),
		}, "m dev"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file, list := resolve(tt.plan, tt.stages)
			if got := names(file); got != tt.want || len(list) > 0 {
				t.Errorf("got %s, want %s; %s", got, tt.want, brief(list))
			}
			if file.Default != tt.plan.Default {
				t.Errorf("the default is %q, want %q", file.Default, tt.plan.Default)
			}
		})
	}
}

// Without a default that is named, the only target is it.
func TestOnlyTargetIsDefault(t *testing.T) {
	p := plan("a")
	p.Default = ""
	if file, list := resolve(p, stages{"a": from("scratch")}); file.Default != "a" || len(list) > 0 {
		t.Errorf("the default is %q; %s", file.Default, brief(list))
	}
}

func TestCycles(t *testing.T) {
	for _, tt := range []struct {
		name   string
		stages stages
		want   string
	}{
		{"itself", stages{"a": from("scratch", run("x"), copyFrom("a", "/x"))},
			`a.steps[1].copy.from: stage-cycle: stage "a" refers to itself (a stage sees its own files anyway)`},
		{"two", stages{"a": from("b"), "b": from("scratch", mountFrom("a", "/x"))},
			`b.steps[0].mounts[0].from: stage-cycle: the stages need each other: a needs b needs a (move what both of them need to a stage of its own)`},
		{"further up", stages{"a": from("b"), "b": from("c"), "c": from("d"), "d": from("b")},
			`d.from: stage-cycle: the stages need each other: b needs c needs d needs b (move what both of them need to a stage of its own)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file, list := resolve(plan("a"), tt.stages)
			if got := brief(list); got != tt.want || len(file.Stages) > 0 {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// Stages of random stacks that refer to each other without a circle come after
// all that they refer to, and the default is last where it can be.
func TestOrderOfRandomStacks(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := 1 + r.IntN(12)
		ids := r.Perm(n) // the names say nothing of the order
		name := func(i int) string { return fmt.Sprintf("s%d", ids[i]) }
		all := stages{}
		for i := range n {
			s := from("scratch")
			for range r.IntN(4) {
				if i == 0 {
					break
				}
				other := name(r.IntN(i))
				switch r.IntN(3) {
				case 0:
					s.From = other
				case 1:
					s.Steps = append(s.Steps, dockerfile.Step{Instruction: copyFrom(other, "/x")})
				default:
					s.Steps = append(s.Steps, dockerfile.Step{Instruction: mountFrom(other, "/x")})
				}
			}
			all[name(i)] = s
		}
		targets := []string{name(r.IntN(n))}
		if other := name(r.IntN(n)); other != targets[0] {
			targets = append(targets, other)
		}
		file, list := resolve(plan(targets...), all)
		if len(list) > 0 {
			t.Fatalf("seed %d: %s", seed, brief(list))
		}
		order := strings.Fields(names(file))
		var needed []string
		for i, name := range order {
			for _, other := range references(all[name]) {
				if at := slices.Index(order, other); at < 0 || at >= i {
					t.Errorf("seed %d: %s needs %s, but the order is %v", seed, name, other, order)
				}
				needed = append(needed, other)
			}
		}
		if last := order[len(order)-1]; !slices.Contains(needed, targets[0]) && last != targets[0] {
			t.Errorf("seed %d: the last stage is %s, not the default %s: %v", seed, last, targets[0], order)
		}
		wanted := slices.Concat(needed, targets)
		slices.Sort(wanted)
		slices.Sort(order)
		if !slices.Equal(order, slices.Compact(wanted)) {
			t.Errorf("seed %d: %v are printed, want %v", seed, order, wanted)
		}
	}
}

// references are the stages that a stage of a random stack names.
func references(s dockerfile.Stage) []string {
	var out []string
	if s.From != "scratch" {
		out = append(out, s.From)
	}
	for _, step := range s.Steps {
		switch i := step.Instruction.(type) {
		case dockerfile.Copy:
			out = append(out, i.From)
		case dockerfile.Run:
			out = append(out, i.Mounts[0].From)
		}
	}
	return out
}
