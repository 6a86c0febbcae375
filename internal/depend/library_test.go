package depend

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const library = `
#Top: {
	#settings: #Settings
	let set = #settings
	steps?: [...#Step]
	["install"]: #Install & {#settings: set}
	name?: #Name
	open?: #Open
}
#Settings: manager: string
#Step: {run?: string, ["copy"]: #Copy}
#Copy: {src!: string, from?: string}
#Install: {#settings: _, packages!: [...string], expand: [{run: #settings.manager}]}
#Name: string
#Open: {extra?: string, ...}
#Other: {z?: 1}
`

// Of a library, a part takes what it names and what that needs.
func TestLibrary(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing optional", `x: schema.#Top & {}`, `#Top: {}`},
		{"a field", `x: schema.#Top & {name: "n"}`, `#Top: name?: #Name
#Name: string`},
		{"a field of a field", `x: schema.#Top & {steps: [{run: "x"}]}`, `#Top: steps?: [...#Step]
#Step: run?: string`},
		{"a pattern", `x: schema.#Top & {steps: [{copy: src: "a"}]}`, `#Top: steps?: [...#Step]
#Step: ["copy"]: #Copy
#Copy: src!: string`},
		{"a definition that a pattern brings along", `x: schema.#Top & {install: packages: ["a"]}`, `#Top: {
	#settings: #Settings
	let set = #settings
	["install"]: #Install & {#settings: set}
}
#Settings: manager: string
#Install: {#settings: _, packages!: [...string], expand: [{run: #settings.manager}]}`},
		{"an open struct keeps all", `x: schema.#Top & {open: {}}`, `#Top: open?: #Open
#Open: {extra?: string, ...}`},
		{"a name that is computed", `x: schema.#Top & {"\(y)me": "n"}
y: "na"`, `#Top: name?: #Name
#Name: string`},
		{"the keys of a loop over strings", `x: schema.#Top & {for k in ["name", "other"] {(k): "n"}}`, `#Top: name?: #Name
#Name: string`},
		{"the keys of a loop over strings that are computed", `x: schema.#Top & {for k in ["other", "na\(y)"] {(k): "n"}}
y: "me"`, `#Top: name?: #Name
#Name: string`},
		{"the keys of a loop over a struct", `x: schema.#Top & {for k, v in _s {(k): v}}
_s: {name: "n"}`, `#Top: name?: #Name
#Name: string`},
		{"the keys of a loop over facts", `x: schema.#Other & {for k, v in variant.os.env {(k): v}}
variant: {...}`, "#Other: z?: 1"},
		{"another definition", `x: schema.#Other`, "#Other: {}"},
		{"all of it", `x: schema`, "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := New(files(t, "import \"stagecue.dev/schema\"\n"+tt.text), "stagecue.dev/schema")
			part, ok := g.Part([]string{"x"})
			if !ok {
				t.Fatal("no part")
			}
			parsed := files(t, library)
			l := NewLibrary(parsed)
			got := "unknown"
			if taken, _, ok := l.Part(part); ok {
				restore := l.Cut(taken)
				got = print(t, parsed)
				restore()
			}
			if got = strings.TrimSpace(strings.TrimPrefix(got, "package p")); squeeze(got) != squeeze(tt.want) {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if print(t, parsed) != print(t, files(t, library)) {
				t.Error("not all was given back")
			}
		})
	}
}

const policies = `
#Policies: [string]: #Policy
#Policy: {target?: #View, because!: string}
#View: {name?: string, user?: string, labels?: #Labels}
#Labels: [string]: string
#NotRoot: #Policy & {target: user: !="root", because: "x"}
#NoUser: #Policy & {target: user?: 1}
#Strict: #NoUser & {target: labels: x: "y"}
#Any: #Policy & {target: [=~"^l"]: _}
`

// Data that constraints are held against may be seen through all names that the
// constraints mention, in the part or in the library, but for the frame's own.
func TestDemands(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", `x: schema.#Policies & {}`, ""},
		{"a field of its own", `x: schema.#Policies & {a: target: name: "n"}`, "name"},
		{"an optional field of its own", `x: schema.#Policies & {a: target: name?: "n"}`, "name"},
		{"a field of a definition", `x: schema.#Policies & {a: schema.#NotRoot}`, "user"},
		{"an optional field of a definition", `x: schema.#Policies & {a: schema.#NoUser}`, "user"},
		{"a definition of a definition", `x: schema.#Policies & {a: schema.#Strict}`, "labels user"},
		{"a pattern", `x: schema.#Policies & {a: schema.#Any}`, "labels name user"},
		{"a helper", "x: schema.#Policies & {a: target: _t}\n_t: labels: {}", "labels"},
		{"a computed name", "x: schema.#Policies & {a: target: \"\\(_n)\": 1}\n_n: string", "labels name user"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			part, ok := New(files(t, "import \"stagecue.dev/schema\"\n"+tt.text), "stagecue.dev/schema").Part([]string{"x"})
			if !ok {
				t.Fatal("no part")
			}
			l := NewLibrary(files(t, policies))
			part = l.Demands(part, "#Policies")
			if _, _, ok := l.Part(part); !ok {
				t.Fatal("all of the library is taken")
			}
			var got []string
			for _, name := range []string{"labels", "name", "user"} {
				if part.Mentions(name) {
					got = append(got, name)
				}
			}
			if text := strings.Join(got, " "); text != tt.want {
				t.Errorf("got %q, want %q", text, tt.want)
			}
		})
	}
}

// squeeze leaves what does not depend on the layout.
func squeeze(s string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\t", "", ",", "").Replace(s)
}

func TestRanges(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"alike", `x: [{run: "a"}, {run: "b"}]`, "0-2"},
		{"by what they read", `x: [{run: "a"}, {run: variant.os.id}, {run: "\(variant.os.id)!"}, {run: variant.os.x}, {run: "b"}]`, "0-1 1-3 3-4 4-5"},
		{"by names", `x: [{run: "a"}, {install: "b"}, {install: "c"}]`, "0-1 1-3"},
		{"conditions", `x: [if variant.os.id == "a" {run: "a"}, {run: "b"}]`, "0-1 1-2"},
		{"by monotony", `x: [{run: "a"}, if _y != _|_ {run: "b"}]
_y: 1`, "0-1 1-2"},
		{"none", `x: []`, ""},
		{"no literal", `x: _y
_y: []`, "unknown"},
		{"two lists", `x: [...]
x: [{run: "a"}]`, "unknown"},
		{"an open list", `x: [{run: "a"}, ...]`, "unknown"},
		{"a list that refers to itself", `x: [{run: "a"}, {run: x[0].run}]`, "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ranges, ok := New(files(t, tt.text, "variant: {...}"), "").Ranges([]string{"x"}, []string{"install"})
			got := ""
			for _, r := range ranges {
				got += fmt.Sprintf(" %d-%d", r.From, r.To)
			}
			if got = strings.TrimSpace(got); !ok {
				got = "unknown"
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRangePart(t *testing.T) {
	parsed := files(t, "x: [{run: \"a\"}, {run: _b}, {run: \"c\"}]\n_b: \"b\"\n_c: \"c\"")
	g := New(parsed, "")
	part, ok := g.RangePart([]string{"x"}, Range{1, 2}, []string{"_c"})
	if !ok {
		t.Fatal("no part")
	}
	restore := g.Cut(part)
	if got, want := squeeze(print(t, parsed)), squeeze("package p\nx: [{run: _b}]\n_b: \"b\"\n_c: \"c\""); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	restore()
	if !strings.Contains(print(t, parsed), `"a"`) {
		t.Error("not all was given back")
	}
}

func TestFields(t *testing.T) {
	g := New(files(t, "import \"stagecue.dev/schema\"\nstages: schema.#Stages & {a: {from: \"x\", let y = 1, steps: [y]}, b: _z}\nstages: a: exports: {}\n_z: {}"), "stagecue.dev/schema")
	if names, ok := g.Fields([]string{"stages", "a"}); !ok || !slices.Equal(names, []string{"exports", "from", "steps"}) {
		t.Errorf("got %q, %v", names, ok)
	}
	if names, ok := g.Fields([]string{"stages", "b"}); ok {
		t.Errorf("got %q", names)
	}
}
