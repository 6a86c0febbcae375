package matrix

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cuelang.org/go/cue"
)

// Of random matrices, the variants are those combinations of the whole product
// of which CUE itself says, constraint by constraint, that every rule supports
// them.
func TestVariantsAreWhatCUESays(t *testing.T) {
	unusable := 0
	const seeds = 60
	for seed := range uint64(seeds) {
		text := random{rand.New(rand.NewPCG(seed, 1))}.matrix()
		m, list, err := build(text)
		if err != nil || len(list) > 0 {
			unusable++
			continue
		}
		var want []string
		m.product(m.all(), func(at Combination) bool {
			rejecting := rejectedBy(m, at)
			if len(rejecting) == 0 {
				want = append(want, m.variant(at).String())
			}
			var got []string
			for _, r := range m.Rejections(at) {
				got = append(got, r.Rule)
			}
			if fmt.Sprint(got) != fmt.Sprint(rejecting) {
				t.Errorf("seed %d: %s is rejected by %q, want %q", seed, m.variant(at), got, rejecting)
			}
			return true
		})
		all, list := m.Variants()
		if len(want) == 0 {
			if len(list) != 1 {
				t.Errorf("seed %d: no finding, though there is no variant", seed)
			}
			continue
		}
		var got []string
		for _, v := range all {
			got = append(got, v.String())
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("seed %d: the variants are\n%s\nwant\n%s", seed, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if t.Failed() {
			t.Fatal(text)
		}
	}
	if unusable > seeds/10 {
		t.Errorf("%d of %d matrices cannot be used", unusable, seeds)
	}
}

// rejectedBy are the rules that reject a combination: all axes are filled in,
// and the combination as a whole is compared with each constraint.
func rejectedBy(m *Matrix, at Combination) []string {
	root := m.fill(m.all(), at)
	combination := root.LookupPath(cue.ParsePath("variant"))
	holds := func(rule, name string) (there, ok bool) {
		v := root.LookupPath(cue.ParsePath("rules." + rule + "." + name))
		return v.Exists(), v.Subsume(combination, cue.Final()) == nil
	}
	var out []string
	for _, r := range m.rules {
		when, applies := holds(r.name, "when")
		require, required := holds(r.name, "require")
		_, forbidden := holds(r.name, "forbid")
		if require && (!when || applies) && !required || !require && forbidden {
			out = append(out, r.name)
		}
	}
	return out
}

// random writes matrices.
type random struct{ *rand.Rand }

func (r random) matrix() string {
	var b strings.Builder
	b.WriteString("variant: {...}\n_limit: variant.a.n\naxes: {\n")
	axes := []string{"a", "b", "c", "d"}[:3+r.IntN(2)]
	for _, axis := range axes {
		fmt.Fprintf(&b, "\t%s: {\n", axis)
		for i := range 2 + r.IntN(3) {
			sub, opt := fmt.Sprintf("{n: %d}", r.IntN(4)), `"x"`
			if r.IntN(4) == 0 {
				sub = "null"
			}
			if r.IntN(2) == 0 {
				opt = "null"
			}
			fmt.Fprintf(&b, "\t\tv%d: {id: \"v%d\", n: %d, tag: %q, sub: %s, opt: %s}\n", i, i, r.IntN(4), r.pick("ax", "ay", "bx"), sub, opt)
		}
		b.WriteString("\t}\n")
	}
	b.WriteString("}\nrules: {\n")
	for i := range 1 + r.IntN(4) {
		body := "forbid: " + r.constraint(axes, 2)
		switch r.IntN(3) {
		case 0:
			body = "require: " + r.constraint(axes, 2)
		case 1:
			body = "when: " + r.constraint(axes, 1) + ", require: " + r.constraint(axes, 2)
		}
		fmt.Fprintf(&b, "\tr%d: {because: \"x\", %s}\n", i, body)
	}
	b.WriteString("}\n")
	return b.String()
}

// constraint is a constraint on some axes, of arms down to a depth.
func (r random) constraint(axes []string, depth int) string {
	if depth > 0 {
		switch r.IntN(6) {
		case 0:
			return "(" + r.constraint(axes, depth-1) + " | " + r.constraint(axes, depth-1) + ")"
		case 1:
			return "(" + r.constraint(axes, depth-1) + " & " + r.constraint(axes, depth-1) + ")"
		case 2:
			return fmt.Sprintf("{if variant.%s.n > %d %s}", r.pick(axes...), r.IntN(4), r.constraint(axes, 0))
		}
	}
	fields := []string{}
	for _, axis := range axes {
		if r.IntN(2) == 0 {
			fields = append(fields, axis+": "+r.facts(axes))
		}
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// facts is a constraint on the facts of one axis.
func (r random) facts(axes []string) string {
	other := "variant." + r.pick(axes...)
	return r.pick(
		`{id: "v0"}`, `{id: "v0" | "v2"}`, `{id: !="v1"}`, `{id: string}`, `{}`,
		`{n: >=2}`, `{n: 1, tag: =~"^a"}`, `{n: >0 & <3}`, `{tag: =~"x$"}`,
		`{opt: null}`, `{opt: string}`, `{sub: n: >=2}`, `{sub: null}`, `{sub: {...}}`,
		`({n: 1} | {sub: n: 1})`, `({opt: null, n: 1} | {opt: "x", tag: =~"^a"})`,
		`{n: >=`+other+`.n}`, `{n: <=`+other+`.sub.n}`, `{tag: `+other+`.tag}`, `{n: >=_limit}`,
	)
}

func (r random) pick(from ...string) string { return from[r.IntN(len(from))] }
