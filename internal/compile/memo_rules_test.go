package compile

import (
	"fmt"
	"testing"
)

// TestMemoOfRules: a rule that reads the variant is evaluated without the others,
// and comes to the same.
func TestMemoOfRules(t *testing.T) {
	const stack = `
import "list"

axes: schema.#Axes & {
	os: {for i in [1, 2, 3] {"o\(i)": {f: "f\(i)", n: i, m: [if i < 3 {i}, null][0]}}}
	dev: {for i in [1, 2, 3] {"d\(i)": {f: "f\(i)", n: i}}}
	py: {for i in [1, 2] {"p\(i)": {f: "f\(i)", n: i}}}
}
variant: schema.#Variant
_newest: list.Max([variant.os.n, variant.dev.n])
_of: {os: variant.os.f, "x": 1}
#Same: {dev: f: variant.os.f}
rules: schema.#Rules & {%s}
guarantees: schema.#Guarantees & {%s}
stages: schema.#Stages & {main: {from: "debian:12", steps: [{run: "make \(variant.os.id)"}]}}
dockerfile: schema.#Dockerfile & {path: "\(variant.os.id)\(variant.dev.id)\(variant.py.id)", targets: main: {}}
`
	split := 0
	for _, test := range []struct{ rules, guarantees string }{
		{`r: {require: dev: f: variant.os.f, because: "x"}`, ``},
		{`r: {require: dev: n: >=variant.os.n, because: "x"}, s: {forbid: py: n: variant.dev.n, because: "y"}`, ``},
		{`r: {when: os: n: variant.py.n, require: dev: n: <=variant.os.n, because: "x"}`, ``},
		{`r: {require: py: n: <=_newest, because: "x"}`, ``},
		{`r: {require: dev: f: _of.os, because: "x"}`, ``},
		{`r: {require: #Same, because: "x"}`, ``},
		{`r: {forbid: {dev: f: variant.os.f} | {py: n: variant.os.n}, because: "x"}`, ``},
		{`r: {let f = variant.os.f, forbid: dev: f: f, because: "x"}`, ``},
		{`r: {forbid: dev: {if variant.os.n > 1 {n: 1}}, because: "x"}`, ``},
		{`r: {forbid: dev: n: variant.os.m, because: "x"}`, ``},
		{`r: {forbid: dev: n: <variant.os.m, because: "x"}`, ``},
		{`[string]: because: "all", r: forbid: dev: n: variant.os.n`, ``},
		{`[string]: forbid: dev: n: variant.os.n, r: because: "x", s: because: "y"`, ``},
		{`r: {forbid: dev: n: s.forbid.dev.n, because: "x"}, s: {forbid: dev: n: variant.py.n, because: "y"}`, ``},
		{`for i in [1, 2] {"r\(i)": {forbid: {dev: n: variant.os.n, py: n: i}, because: "x"}}`, ``},
		{`r: {forbid: dev: n: variant.os.n, because: "on \(variant.os.id)"}`, ``},
		{`r: {forbid: dev: n: variant.os.n, because: "x"}`, `g: {combination: {os: n: 1, dev: n: variant.py.n}, because: "x"}`},
		{`r: {forbid: dev: n: variant.os.n, because: "x"}`, `g: {combination: {os: n: 1, py: n: variant.os.n}, because: "x"}`},
		// What is wrong.
		{`r: {forbid: dev: n: variant.os.none, because: "x"}`, ``},
		{`r: {forbid: dev: none: variant.os.n, because: "x"}`, ``},
		{`r: {forbid: none: n: variant.os.n, because: "x"}`, ``},
		{`r: {forbid: dev: n: variant.none.n, because: "x"}`, ``},
		{`r: {forbid: variant, because: "x"}`, ``},
		{`r: {forbid: dev: n: variant.os.n & "1", because: "x"}`, ``},
		{`r: {forbid: dev: n: 1 / (variant.os.n - 1), because: "x"}`, ``},
		{`r: {forbid: dev: n: variant.os.n, becuse: "x"}`, ``},
		{`r: {forbid: dev: n: variant.os.n == _|_, because: "x"}`, ``},
	} {
		text := fmt.Sprintf(stack, test.rules, test.guarantees)
		if r := same(t, one(t, text)); len(r.Findings) == 0 && len(r.Dockerfiles()) < 18 {
			split++
		}
		if t.Failed() {
			t.Fatalf("%s", text)
		}
	}
	if split < 10 {
		t.Errorf("%d stacks have fewer variants by their rules", split)
	}
}
