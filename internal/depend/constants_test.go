package depend

import (
	"slices"
	"strings"
	"testing"
)

// constants are those of a part, with a star where they are plain data.
func constants(p Part) string {
	var out []string
	if p.Guard != nil {
		out = append(out, p.Guard.Condition+"?")
	}
	for _, c := range p.Constants {
		name := strings.Join(c.Path, ".")
		if c.Plain {
			name += "*"
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// What the steps of a stage "a" are given.
func TestConstants(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a helper", `_h: "\(variant.os.id)"
stages: a: steps: [{run: _h}]`, "_h*"},
		{"a literal is as good as a constant", `_h: {x: "x", y: variant.os.id}
stages: a: steps: [{run: _h.x}]`, ""},
		{"a field of a helper", `_h: {x: "x\(y)", y: variant.os.id}
stages: a: steps: [{run: _h.x}, {run: _h.y}]`, "_h.x* _h.y*"},
		{"a fact is none", `stages: a: steps: [{run: variant.os.id}]`, ""},
		{"a list", `_h: [for x in ["a"] {run: x}]
stages: a: steps: [{steps: _h}]`, "_h*"},
		{"of a helper of a helper", `_h: _g & {y: variant.os.id}, _g: {x: y, y: string}
stages: a: steps: [{run: _h.x}]`, "_h*"},
		{"what another stage exports", `stages: {a: steps: [{run: stages.b.exports.e}], b: exports: e: "/\(variant.os.id)"}`, "stages.b.exports.e*"},
		{"by a let clause", `stages: {a: {let other = stages.b, steps: [{run: other.exports.e}]}, b: exports: e: "/\(variant.os.id)"}`, "stages.b.exports.e*"},
		{"by a let clause that stands for all of it, too", `stages: {a: {let other = stages.b, steps: [{run: other.exports.e}, {run: len(other)}]}, b: exports: e: "/\(variant.os.id)"}`, ""},
		{"a struct that says what its fields are", `_h: {[string]: string, x: variant.os.id}
stages: a: steps: [{run: _h.x}]`, "_h.x*"},
		{"a struct that may become more", `_h: {x: variant.os.id, y?: string}
stages: a: steps: [{env: _h}]`, ""},
		{"an open list", `_h: [variant.os.id, ...]
stages: a: steps: [{run: _h[0]}]`, ""},
		{"a definition", `#h: {x: variant.os.id}
stages: a: steps: [{run: #h.x}]`, ""},
		{"of a definition, which may be closed", `#h: {x: variant.os.id}, _h: [#h][0]
stages: a: steps: [{env: _h}]`, "_h"},
		{"what may be a scalar", `_h: *variant.os.id | string
stages: a: steps: [{run: _h}]`, "_h"},
		{"a field of the step itself", `stages: a: steps: [{run: "x\(description)", description: variant.os.id}]`, ""},
		{"a neighbour of the name of a helper", `_h: variant.os.id
stages: a: {_h: "x", steps: [{run: _h}]}`, ""},
		{"what refers to itself", `_h: {x: _g.x}, _g: {x: _h.x, y: _h.x}
stages: a: steps: [{run: _g.y}]`, "_g.y*"},
		{"a validator", `import "struct"
_h: struct.MaxFields(1) & {x: variant.os.id}
stages: a: steps: [{env: _h}]`, ""},
		{"a condition", `stages: a: steps: [if variant.os.id == "x" {run: "y"}]`, `if variant.os.id == "x" ?`},
		{"several", `_h: variant.cuda.id == "1"
stages: a: steps: [if !_h if (variant.os.id != "x") {run: "y"}]`, `if !_h if (variant.os.id != "x") ?`},
		{"before a loop", `stages: a: steps: [if variant.os.id == "x" for i in ["a"] {run: i}]`, `if variant.os.id == "x" ?`},
		{"neighbours under one condition", `stages: a: steps: [if variant.os.id == "x" {run: "y"}, if variant.os.id=="x" {run: "z"}]`, `if variant.os.id == "x" ?`},
		{"neighbours under others", `stages: a: steps: [if variant.os.id == "x" {run: "y"}, if variant.os.id == "z" {run: "z"}]`, ""},
		{"a condition behind a loop", `stages: a: steps: [for i in ["a"] if variant.os.id == "x" {run: i}]`, ""},
		{"a condition about something local", `stages: a: {let l = variant.os.id, steps: [if l == "x" {run: "y"}]}`, ""},
		{"a condition with a call", `stages: a: steps: [if len(variant.os.id) == 1 {run: "y"}]`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, imports := tt.text, ""
			if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(first, "import") {
				text, imports = rest, first+"\n"
			}
			parsed := files(t, imports+text, "variant: {...}")
			g := New(parsed, "stagecue.dev/schema").Folded()
			before := print(t, parsed)
			lit, _, ok := g.list(path{"stages", "a", "steps"})
			if !ok {
				t.Fatal("no list")
			}
			part, ok := g.RangePart([]string{"stages", "a", "steps"}, Range{0, len(lit.Elts)})
			if got := constants(part); got != tt.want || !ok {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			restore := g.Cut(part)
			cut := print(t, parsed)
			restore()
			if after := print(t, parsed); after != before {
				t.Errorf("before:\n%safter:\n%s", before, after)
			}
			for _, c := range part.Constants {
				if !strings.Contains(cut, Alias(c.Path[0])) || strings.Contains(cut, "\n"+c.Path[0]+":") && c.Path[0] != "stages" {
					t.Errorf("%v is cut to\n%s", c.Path, cut)
				}
			}
			if part.Guard != nil && !strings.Contains(cut, "if true") {
				t.Errorf("the condition is cut to\n%s", cut)
			}
		})
	}
}

// A field that turned out to be no constant is what it is made of again.
func TestRefuse(t *testing.T) {
	g := New(files(t, `_h: [variant.os][0], _g: "\(_h.id)"
stages: a: steps: [{run: "\(_h.id) \(_g)"}]
variant: {...}`), "stagecue.dev/schema").Folded()
	steps := []string{"stages", "a", "steps"}
	part, _ := g.Part(steps)
	if got := constants(part); got != "_g* _h*" {
		t.Errorf("got %q", got)
	}
	for _, c := range part.Constants {
		if c.Path[0] == "_h" {
			g.Refuse(c)
		}
	}
	part, _ = g.Part(steps)
	if got := constants(part); got != "_g*" || len(part.Constants[0].Part.Constants) > 0 {
		t.Errorf("got %q, of %q", got, constants(part.Constants[0].Part))
	}
}

// Parts that a unit comes to, as fields are refused, are told apart.
func TestShape(t *testing.T) {
	const text = `_a: "\(variant.os.id)", _b: "\(variant.cuda.id)"
stages: a: {from: "x", steps: [{run: _a}, {run: _b}, if variant.os.id == "x" {run: "y"}]}
variant: {...}`
	seen := map[string]string{}
	for _, refused := range []string{"", "_a", "_b", "_a _b"} {
		g := New(files(t, text), "stagecue.dev/schema").Folded()
		steps := []string{"stages", "a", "steps"}
		for {
			part, ok := g.Part(steps)
			if !ok {
				t.Fatal("no part")
			}
			i := slices.IndexFunc(part.Constants, func(c *Constant) bool { return strings.Contains(refused, c.Path[0]) })
			if i < 0 {
				if other, ok := seen[part.Shape]; ok {
					t.Errorf("without %q it is as without %q", refused, other)
				}
				seen[part.Shape] = refused
				break
			}
			g.Refuse(part.Constants[i])
		}
	}
	g := New(files(t, text), "stagecue.dev/schema").Folded()
	for i := range 3 {
		part, _ := g.RangePart([]string{"stages", "a", "steps"}, Range{i, i + 1})
		if other, ok := seen[part.Shape]; ok {
			t.Errorf("step %d is as without %q", i, other)
		}
		seen[part.Shape] = "others"
	}
}
