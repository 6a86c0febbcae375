package depend

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/load"
)

// files reads files of a package, by name, as CUE does.
func files(t *testing.T, texts ...string) []*ast.File {
	t.Helper()
	overlay := map[string]load.Source{}
	for i, text := range texts {
		overlay[filepath.Join("/m", fmt.Sprintf("f%d.cue", i))] = load.FromString("package p\n" + text)
	}
	overlay["/m/cue.mod/module.cue"] = load.FromString("module: \"example.com/m@v0\"\nlanguage: version: \"v0.14.0\"\n")
	overlay["/m/cue.mod/pkg/stagecue.dev/schema/s.cue"] = load.FromString("package schema\n#Axes: _\n#Stages: _\n#Dockerfile: _\n#Version: _\n#Top: _\n#Other: _\n")
	inst := load.Instances([]string{"."}, &load.Config{Dir: "/m", Overlay: overlay})[0]
	if inst.Err != nil {
		t.Fatal(inst.Err)
	}
	return inst.Files
}

// describe says what a part of a stack is.
func describe(p Part, ok bool) string {
	if !ok {
		return "unknown"
	}
	var reads []string
	for _, r := range p.Reads {
		reads = append(reads, strings.TrimSuffix(r.Axis+"."+r.Fact, "."))
	}
	out := strings.Join(reads, " ")
	if !p.Monotonic {
		out += " not monotonic"
	}
	return strings.TrimSpace(out)
}

// What a stage "a" reads of the variant.
func TestReads(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", `stages: a: from: "x"`, ""},
		{"a fact", `stages: a: from: "\(variant.os.image)"`, "os.image"},
		{"several", `stages: a: from: "\(variant.os.image)\(variant.os.id)\(variant.cuda.id)"`, "cuda.id os.id os.image"},
		{"a fact of a fact", `stages: a: from: variant.os.glibc.text`, "os.glibc"},
		{"a whole axis", `stages: a: from: (#F & {os: variant.os}).image, b: from: variant.os.id
#F: {os: _, image: os.image}`, "os"},
		{"all of it", `stages: a: {for x in variant {from: x.id}}`, "not monotonic"},
		{"by index", `stages: a: from: variant["os"]["image"]`, "os.image"},
		{"by computed index", `stages: a: from: variant.os[variant.cuda.id]`, "cuda.id os"},
		{"by any index", `stages: a: from: variant["\(x)"], x: "os"`, "not monotonic"},
		{"a condition", `stages: a: steps: [if variant.os.family == "debian" {run: "x"}]`, "os.family"},
		{"a table", `_t: {a: "x", b: variant.cuda.id}
stages: a: from: _t[variant.os.id]`, "cuda.id os.id"},
		{"of another stage, all that is taken", `stages: {a: from: stages.b.exports.x, b: {from: variant.os.id, exports: x: "/\(variant.cuda.id)"}}`, "cuda.id"},
		{"of another stage, its name only", `stages: {a: from: stages.b.name, b: from: variant.os.id}`, ""},
		{"of another stage, by a neighbour's reference", `stages: {a: from: b.name, b: from: variant.os.id}`, ""},
		{"a let clause", `let v = variant
stages: a: {let o = v.os, from: o.image}`, "os.image"},
		{"a let clause of another stage", `stages: {a: {let x = stages.b, from: x.exports.y}, b: {from: variant.os.id, exports: y: variant.cuda.id}}`, "cuda.id"},
		{"a loop", `stages: a: steps: [for x in variant.os.packages {run: x}]`, "os.packages"},
		{"through a helper in another file", `stages: a: from: _image`, "os.image"},
		{"a helper's field", `_h: {x: variant.os.id, y: variant.cuda.id}
stages: a: from: _h.y`, "cuda.id"},
		{"a helper's field beside its neighbour", `_h: {x: variant.os.id, y: "\(x)-"}
stages: a: from: _h.y`, "os.id"},
		{"a helper made of another one", `_h: _g & {x: variant.os.id}
_g: {x: string, y: "\(x)-\(variant.cuda.id)"}
stages: a: from: _h.y`, "cuda.id os.id"},
		{"a helper with a pattern", `_h: {[string]: {v: variant.os.id}, x: {w: variant.cuda.id}, y: {w: variant.device.id}}
stages: a: from: _h.x.w`, "cuda.id os.id"},
		{"existence", `stages: a: steps: [if variant.os.x != _|_ {run: "x"}]`, "os.x not monotonic"},
		{"existence in a helper", `_h: [if variant.os.x == _|_ {"a"}, "b"][0]
stages: a: from: _h`, "os.x not monotonic"},
		{"existence elsewhere", `stages: {a: from: "x", b: steps: [if variant.os.x != _|_ {run: "x"}]}`, ""},
		{"a default that depends", `stages: a: from: *variant.os.x | "none"`, "os.x not monotonic"},
		{"a literal default", `stages: a: from: *"x" | string`, ""},
		{"or", `stages: a: from: or([variant.os.id])`, "os.id not monotonic"},
		{"a field named like a reference", `stages: a: {variant: "x", from: variant}`, ""},
		{"shadowed", `stages: a: steps: [for variant in ["x"] {run: variant.os}]`, ""},
		{"constraints on the hole", `variant: os: id: *"x\(variant.cuda.id)" | string
stages: a: from: variant.os.id`, "cuda.id os.id not monotonic"},
		{"an embedded struct", `stages: a: {_base, from: "x"}
_base: description: variant.os.id`, "os.id"},
		{"stages made of something else", `_more: b: from: variant.os.id
stages: _more & {a: from: variant.cuda.id}`, "cuda.id os.id"},
		{"something embedded into the stack", `stages: a: from: "x"
_x
_x: {}`, "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := New(files(t, tt.text, "_image: variant.os.image\nvariant: {...}"), "stagecue.dev/schema")
			if got := describe(g.Part([]string{"stages", "a"})); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			// Together with its constants, a part reads the same.
			folded, ok := g.Folded().Part([]string{"stages", "a"})
			folded.Reads, folded.Monotonic = folded.AllReads()
			if got := describe(folded, ok); got != tt.want {
				t.Errorf("folded: got %q, want %q", got, tt.want)
			}
		})
	}
}

// Cut leaves what a part needs, and gives all back.
func TestCut(t *testing.T) {
	const text = `
import "stagecue.dev/schema"

axes: schema.#Axes & {os: {u: {image: _images.u}, v: {image: _images.v}}}

_images: {u: "ubuntu", v: "void"}

let unused = variant.os.unused
let tag = variant.os.tag

variant: {...}

stages: schema.#Stages & {
	let mine = _h
	let others = _g
	a: {from: "\(stages.b.exports.x)\(tag)\(mine)"}
	b: {from: "b", exports: {x: "1", y: "2"}}
	c: {from: others}
}

_h: "h"
_g: "g"
`
	parsed := files(t, text)
	g := New(parsed, "stagecue.dev/schema")
	whole := print(t, parsed)
	part, ok := g.Part([]string{"stages", "a"})
	value, _ := g.Part([]string{"axes", "os", "v"})
	if !ok || !slices.Equal(part.With(value).Helpers(), []string{"_h", "_images", "axes"}) {
		t.Errorf("got %v", part.With(value).Helpers())
	}
	restore := g.Cut(part.With(value))
	const want = `package p

import "stagecue.dev/schema"

axes: schema.#Axes & {os: v: image: _images.v}

_images: v: "void"
let tag = variant.os.tag

variant: {...}

stages: schema.#Stages & {
	let mine = _h
	a: from: "\(stages.b.exports.x)\(tag)\(mine)"
	b: exports: x: "1"
}

_h: "h"
`
	if got := print(t, parsed); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	restore()
	if got := print(t, parsed); got != whole {
		t.Errorf("restored:\n%s", got)
	}
}

func print(t *testing.T, files []*ast.File) string {
	t.Helper()
	text, err := format.Node(files[0], format.Simplify())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestNames(t *testing.T) {
	g := New(files(t, `stages: {b: {}, "a-b": {}, #packages: {}, _x: {}}`, "stages: c: {}\nstages: b: {}"), "stagecue.dev/schema")
	if names, ok := g.Names("stages"); !ok || !slices.Equal(names, []string{"a-b", "b", "c"}) {
		t.Errorf("got %q, %v", names, ok)
	}
	g = New(files(t, `_x: {}
stages: _x & {}`), "stagecue.dev/schema")
	if names, ok := g.Names("stages"); ok {
		t.Errorf("got %q", names)
	}
}
