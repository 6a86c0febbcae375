package compile

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// helpers are ways in which a helper can be more, or less, than the data that
// is seen of it.
func helpers() []string {
	return []string{
		`_h: {x: "a", y: variant.os.a}`,
		`_h: {x: *"a" | string, y: "b"}`,
		`_h: {x: *variant.os.a | string, y: "b"}`,
		`_h: {x: variant.os.a} & {y: "b"}`,
		`_h: {[string]: =~"^[ab12]$", x: "a"}`,
		`_h: {[=~"^y"]: "b", x: "a"}`,
		`_h: #H & {x: "a"}, #H: {x: string, y?: string}`,
		`_h: #H, #H: {x: variant.os.a, y: "b"}`,
		`_h: close({x: "a", y: variant.os.a})`,
		`_h: {x: "a", y?: "b"}`,
		`_h: {x: "a", y!: "b"}`,
		`_h: {x: "a", y: string}`,
		`_h: {x: "a", _y: "b", #y: "c", "_y": "d"}`,
		`_h: {x: "a", y: "b", if variant.os.a == "1" {z: "c"}}`,
		`_h: {for k in ["y", "x", variant.os.a] {(k): "k\(k)"}}`,
		`_h: {x: y, y: variant.os.a}`,
		`_h: {x: y, y: x}`,
		`_h: {x: _other.x, y: _other.y}, _other: {x: "a", y: _h.x}`,
		`_h: [if variant.os.a == "1" {x: "one"}, {x: "other", y: "b"}][0]`,
		`_h: {x: "a", y: "p"} | {x: "b", y: "q"}`,
		`_h: {x: variant.os.a} & ({x: "1", y: "p"} | {x: "2", y: "q"})`,
		`_h: struct.MaxFields(2) & {x: "a", y: variant.os.a}`,
		`_h: {x: variant.os.a & =~"^[12]$", y: "b"}`,
		`_h: {x: "a", y: len(variant.os.a)}`,
		`_h: {x: 1.5, y: 'b'}`,
		`_h: {x: null, y: true}`,
		`_h: {let l = variant.os.a, x: l, y: "\(l)!"}`,
		`_h: {_h: "in", x: _h, y: "b"}`,
		`_h: X={x: "a", y: X.x}`,
		`_h: variant.os`,
		`_h: {x: variant.os.a, y: [for s in stages.base.steps {"s"}][0]}`,
		`_h: {x: stages.base.name, y: stages.base.exports.e}`,
		`_h: [variant.os.a, "b", ...string]`,
		`_h: ["b", variant.os.a]`,
		`_h: [for k in ["q", variant.os.a] {k}]`,
		`_h: "x\(variant.os.a)"`,
		`_h: *"x" | string`,
		`_h: string`,
		`_h: 7`,
		`_h: {}`,
		`_h: _|_`,
		``,
	}
}

// uses are steps that make something of it.
func uses() []string {
	return []string{
		`{run: "echo \(_h.x) \(_h.y)"}`,
		`{run: "echo \(_h)"}`,
		`{run: _h}`,
		`{run: (_h & {x: "b"}).x}`,
		`{run: (_h & {y: "b"}).y}`,
		`{run: (_h & {z: "b"}).z}`,
		`{run: (_h & {z: 1}).x}`,
		`{run: (_h & {x: string, w?: string}).x}`,
		`{run: [for k, v in _h {"\(k)=\(v)"}][0]}`,
		`{run: strings.Join([for k, v in _h {"\(k)"}], " ")}`,
		`{run: strings.Join([for k, v in _h & {w: "w", a: "a"} {"\(k)"}], " ")}`,
		`{env: {A: "\(len(_h))"}}`,
		`{env: _h}`,
		`{env: {for k, v in _h {(k): "\(v)"}}}`,
		`{env: _h & {z: "3"}}`,
		`for k, v in _h {run: "echo \(v)"}`,
		`for v in _h {steps: [{run: "echo \(v)"}]}`,
		`{run: (_h & ["b", "1"])[1]}`,
		`{run: (_h & [_, _, "c"])[2]}`,
		`{run: _h._y}`,
		`{run: _h.#y}`,
		`{run: _h["_y"]}`,
		`{run: _h["x"]}`,
		`{run: _h[variant.os.key]}`,
		`{let base = stages.base, run: "echo \(base.name) \(base.exports.e)"}`,
		`{let h = _h, run: "echo \(h.x) \(len(h))"}`,
		`{let h = _h, run: "echo \(h.x)", description: h.y}`,
		`if _h.x == "a" {run: "echo \(_h.y)"}`,
		`if _h.x != _|_ {run: "echo \(_h.x)"}`,
		`if _h.z == _|_ {run: "none"}`,
		`if variant.os.a == "1" if _h.x == "one" {run: _h.x}`,
		`if variant.os.a == "1" && _h.y == "b" {run: "and"}`,
		`if !(_h.y == "b") {run: "not"}`,
		`if _h {run: "bool"}`,
		`if local == "l" {run: _h.x}`,
		`if "1" == variant.os.a for k, v in _h {run: "echo \(k)"}`,
		`{user: _h.x}`,
		`{run: "x", mounts: [{type: "cache", target: "/\(_h.x)"} & _h]}`,
		`{run: "x"} & _h`,
		`{copy: _h & {src: ["."], dest: "/"}}`,
	}
}

// TestMemoOfConstants has steps refer to helpers of all kinds. A unit is given
// what a helper comes to instead of what it is made of, and that must not be
// seen: neither in files nor in findings.
func TestMemoOfConstants(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	pick := func(of []string) string { return of[r.IntN(len(of))] }
	clean := 0
	n := rounds(t, 200)
	for i := range n {
		helper, use, another := pick(helpers()), pick(uses()), pick(uses())
		if i < len(helpers())*len(uses()) && n > 1000 {
			// All pairs, where there is time.
			helper, use = helpers()[i%len(helpers())], uses()[i/len(helpers())]
		}
		text := strings.NewReplacer("HELPER", strings.ReplaceAll(helper, "}, ", "}\n"), "USE", use, "ANOTHER", another).Replace(`
import ("strings", "struct")
_keep: [strings.MinRunes(1), struct.MinFields(0)]
axes: schema.#Axes & {os: {v0: {a: "1", key: "x"}, v1: {a: "2", key: "y"}, v2: {a: "1", key: "y"}}}
variant: schema.#Variant
HELPER
stages: schema.#Stages & {
	base: {from: "debian:12", exports: e: "/e\(variant.os.a)", steps: [{run: "make"}]}
	main: {
		from: stages.base.name
		let local = "l"
		steps: [
			USE,
			if variant.os.a == "1" {user: local},
			ANOTHER,
		]
	}
}
dockerfile: schema.#Dockerfile & {path: variant.os.id, targets: main: {}}
`)
		t.Run(helper+" "+use, func(t *testing.T) {
			if r := same(t, one(t, text)); len(r.Findings) == 0 {
				clean++
			}
		})
		if t.Failed() {
			t.Fatalf("%s", text)
		}
	}
	t.Logf("%d of %d stacks compile", clean, n)
	if clean < n/8 {
		t.Error("the stacks are too often wrong to show anything")
	}
}
