package matrix

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
)

// oracleAxes are the axes of random rules: facts of all types.
const oracleAxes = `
import ("list", "strings", "struct")

_keep: [list.MaxItems(9), strings.MinRunes(0), struct.MaxFields(9)]
_names: {deb: "debian", rpm: "rhel"}
_few: {a1: "x"}
_list: ["a", "b", "deb"]
#Debian: {family: "debian", ...}
axes: {
	os: {
		deb: {id: "deb", family: "debian", n: 12, tags: ["a", "deb"], s: {x: 1, y: "b"}, b: true, v: "1.2.3"}
		rpm: {id: "rpm", family: "rhel", n: 9, tags: ["rpm", "rpm"], s: {x: 2, y: "b"}, b: false, v: "1.10.0"}
		apk: {id: "apk", family: "alpine", n: 3, tags: [], s: {x: 2, y: ""}, b: true, v: "2"}
	}
	cuda: {
		a1: {id: "a1", n: 12, tags: ["deb"], s: {x: 1}, f: 1.5}
		a2: {id: "a2", n: 9, tags: ["a", "rpm", "b"], s: {x: 2}, f: 2}
	}
}
variant: {...}
`

// oracleFacts are constraints on the facts of an axis, all of CUE's comparators and
// validators among them. OTHER is a fact of the other axis that they may read.
func oracleFacts() map[string][]string {
	scalar := []string{
		`id: "deb"`, `id: "a1"`, `id: !="deb"`, `id: =~"^[ad]"`, `id: !~"b$"`, `id: "deb" | "a2"`, `id: *"deb" | string`, `id: string`,
		`id: strings.MinRunes(3)`, `id: strings.MaxRunes(2)`, `id: or(_list)`, `id: or(["a1", "rpm"])`, `id: OTHER.id`, `id: !=OTHER.id`,
		`id: =~"^\(strings.Split(OTHER.id, "")[0])"`, `id: strings.MinRunes(len(OTHER.tags))`, `id: or(OTHER.tags)`,
		`id: _names[OTHER.id]`, `id: _few[OTHER.id]`, `id: {deb: "a1", rpm: "a2", apk: "a1", a1: "deb", a2: "rpm"}[OTHER.id]`,
		`id: matchN(1, ["deb", "a1"])`, `id: matchN(0, [OTHER.id, "rpm"])`, `id: matchN(1, ["deb", _few[OTHER.id]])`,
		`id: "\(OTHER.id)"`, `id: "\(_few[OTHER.id])"`, `id: _list[OTHER.n-9]`, `id: _list[5]`,
		`n: 12`, `n: >9`, `n: >=9`, `n: <12`, `n: <=9`, `n: !=9`, `n: >3 & <10`, `n: >OTHER.n`, `n: >=OTHER.n`, `n: <OTHER.n`, `n: <=OTHER.n`, `n: !=OTHER.n`,
		`n: OTHER.n`, `n: OTHER.n + 3`, `n: >=(OTHER.n div 2)`, `n: >=(12 / (OTHER.n - 9))`, `n: int`, `n: number & >10`, `n: null | 12`, `n: float`, `n: OTHER.s.x`, `n: OTHER.none.x`,
		`n: {if OTHER.n > 9 {12}, if OTHER.n <= 9 {9}}`,
	}
	lists := []string{
		`tags: list.MinItems(1)`, `tags: list.MaxItems(1)`, `tags: list.UniqueItems()`, `tags: list.MatchN(>0, "deb")`, `tags: list.MatchN(>0, OTHER.id)`, `tags: list.MatchN(1, OTHER.tags[0])`,
		`tags: list.MatchN(>=OTHER.s.x, string)`, `tags: [...string]`, `tags: ["deb"]`, `tags: [OTHER.id, ...]`, `tags: [_, _]`, `tags: [...=~"^[ad]"]`, `tags: list.MatchN(>0, _few[OTHER.id])`,
		`tags: [for t in OTHER.tags {t}]`, `tags: OTHER.tags`,
	}
	structs := []string{
		`s: x: 1`, `s: x: OTHER.s.x`, `s: {x: 2}`, `s: struct.MinFields(2)`, `s: struct.MaxFields(1)`, `s: {x: int} & struct.MinFields(OTHER.s.x)`, `s: [string]: int`, `s: {if OTHER.n > 9 {x: 1}}`,
		`s: {for k, v in OTHER.s if k == "x" {"x": v}}`, `s: matchN(1, [{x: 1}, {x: 5}])`, `s: matchN(1, [{x: OTHER.s.x}, {x: 5}])`,
	}
	return map[string][]string{
		"os":   append(append(append([]string{`b: true`, `b: bool`, `#Debian`, `family: _names.deb`, `v: =~"^1[.]"`, `v: "1.2.3" | "2"`}, scalar...), lists...), structs...),
		"cuda": append(append(append([]string{`f: 1.5`, `f: >1.5`, `f: 2.0`}, scalar...), lists...), structs...),
	}
}

// TestRulesAreWhatCUESays holds random constraints against CUE itself, combination
// by combination: with all axes filled in, combination & constraint is valid,
// concrete and equal to the combination. What CUE cannot work out for a combination
// is a finding, unless that is for a fact that is null.
func TestRulesAreWhatCUESays(t *testing.T) {
	facts := oracleFacts()
	n := 400
	if more := os.Getenv("STAGECUE_ROUNDS"); more != "" {
		if _, err := fmt.Sscan(more, &n); err != nil {
			t.Fatal(err)
		}
	}
	single := 0
	for _, axis := range []string{"os", "cuda"} {
		single += len(facts[axis])
	}
	judged, failing := 0, 0
	for seed := range n + single {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		part := func(axis, fact string) string {
			other := map[string]string{"os": "cuda", "cuda": "os"}[axis]
			fact = strings.ReplaceAll(fact, "OTHER", "variant."+other)
			if !strings.Contains(strings.SplitN(fact, " ", 2)[0], ":") {
				return axis + ": " + fact
			}
			return axis + ": {" + fact + "}"
		}
		random := func() string {
			axis := []string{"os", "cuda"}[r.IntN(2)]
			return part(axis, facts[axis][r.IntN(len(facts[axis]))])
		}
		constraint, alternatives := random(), []string(nil)
		switch {
		case seed < len(facts["os"]):
			constraint = part("os", facts["os"][seed])
		case seed < single:
			constraint = part("cuda", facts["cuda"][seed-len(facts["os"])])
		case r.IntN(3) == 0:
			alternatives = []string{"{" + random() + "}", "{" + random() + "}"}
		case r.IntN(2) == 0:
			constraint = random() + ", " + random()
		}
		if alternatives == nil {
			alternatives = []string{"{" + constraint + "}"}
		}
		constraint = strings.Join(alternatives, " | ")
		// One alternative is enough. CUE takes two that both hold for ambiguous where
		// it has validators to remember.
		want, fails := map[[2]int]bool{}, false
		for _, alternative := range alternatives {
			holds, broken := oracle(t, alternative)
			for at, yes := range holds {
				want[at] = want[at] || yes
			}
			fails = fails || broken
		}
		text := oracleAxes + "\nrules: {r: {require: " + constraint + ", because: \"x\"}}\n"
		m, list, err := build(text)
		if err != nil {
			continue
		}
		judged++
		if fails {
			failing++
			if list.Errors() == 0 {
				t.Errorf("seed %d: %s: CUE cannot work it out, and nothing is reported", seed, constraint)
			}
			continue
		}
		if list.Errors() > 0 {
			t.Errorf("seed %d: %s: CUE has no error, and there is one: %s", seed, constraint, brief(list))
			continue
		}
		for at, holds := range want {
			if got := m.rules[0].require.holds(Combination{at[0], at[1]}); got != holds {
				t.Errorf("seed %d: %s: %v holds: %v, CUE says %v", seed, constraint, at, got, holds)
			}
		}
	}
	if t.Logf("%d constraints, of which %d fail for a value", judged, failing); judged < (n+single)*3/4 || failing < 20 {
		t.Error("too few to show anything")
	}
}

// oracle has CUE judge all combinations, by the indexes of their values in the
// order of the axes' names. It reports whether CUE cannot work the constraint out for one of them.
func oracle(t *testing.T, constraint string) (holds map[[2]int]bool, fails bool) {
	t.Helper()
	holds = map[[2]int]bool{}
	for i, cuda := range []string{"a1", "a2"} {
		for j, os := range []string{"apk", "deb", "rpm"} {
			ctx := cuecontext.New()
			text := strings.Replace(oracleAxes, "variant: {...}", fmt.Sprintf("variant: {os: axes.os[%q], cuda: axes.cuda[%q]}", os, cuda), 1)
			v := ctx.CompileString(text + "\nconstraint: " + constraint + "\ncombination: variant\nboth: constraint & combination\n")
			c := v.LookupPath(cue.ParsePath("constraint"))
			if broken := firstError(c); broken != nil {
				if !strings.Contains(broken.Error(), "null") {
					fails = true
				}
				continue
			}
			both := v.LookupPath(cue.ParsePath("both"))
			holds[[2]int{i, j}] = both.Validate(cue.Concrete(true)) == nil && both.Equals(v.LookupPath(cue.ParsePath("combination")))
		}
	}
	return holds, fails
}

// firstError is an error in a constraint by itself: in a field, or in an argument
// of a call, which CUE only speaks of when something is held against it.
func firstError(v cue.Value) error {
	if err := inCalls(v); err != nil {
		return err
	}
	if op, parts := v.Expr(); op == cue.OrOp {
		for _, p := range parts {
			if err := firstError(p); err != nil {
				return err
			}
		}
		return nil
	}
	if err := v.Err(); err != nil && v.IncompleteKind() == cue.BottomKind {
		return errors.Errors(err)[0]
	}
	if fields, err := v.Fields(); err == nil {
		for fields.Next() {
			if err := firstError(fields.Value()); err != nil {
				return err
			}
		}
	}
	return nil
}

// inCalls is the first error in an argument of a call, wherever it stands.
func inCalls(v cue.Value) error {
	if op, parts := v.Expr(); op == cue.CallOp || op == cue.AndOp || op == cue.OrOp {
		for _, p := range parts {
			if op == cue.CallOp {
				if err := p.Validate(cue.Concrete(false)); err != nil && p.Kind() == cue.BottomKind && p.IncompleteKind() == cue.BottomKind {
					return err
				}
				if items, err := p.List(); err == nil {
					for items.Next() {
						if err := items.Value().Err(); err != nil && items.Value().IncompleteKind() == cue.BottomKind {
							return err
						}
					}
				}
			}
			if err := inCalls(p); err != nil {
				return err
			}
		}
	}
	if fields, err := v.Fields(); err == nil {
		for fields.Next() {
			if err := inCalls(fields.Value()); err != nil {
				return err
			}
		}
	}
	return nil
}
