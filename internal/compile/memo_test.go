package compile

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"stagecue.dev/internal/load"
)

// same compiles a module by projections, and variant by variant, and reports
// differences between the two results.
func same(t *testing.T, m *load.Module) Result {
	t.Helper()
	naive := compile(t.Context(), m, Request{}, true)
	sameResult(t, compile(t.Context(), m, Request{}, false), naive)
	return naive
}

func sameResult(t *testing.T, memoised, naive Result) {
	t.Helper()
	if got, want := brief(memoised.Findings), brief(naive.Findings); got != want {
		t.Errorf("memoised:\n%s\nvariant by variant:\n%s", got, want)
	}
	if len(memoised.Files) != len(naive.Files) {
		t.Fatalf("memoised: %d files, variant by variant: %d", len(memoised.Files), len(naive.Files))
	}
	for i, f := range memoised.Files {
		if other := naive.Files[i]; f.Path != other.Path || f.Text.String() != other.Text.String() {
			t.Errorf("memoised: %s\n%s\nvariant by variant: %s\n%s", f.Path, f.Text, other.Path, other.Text)
		}
	}
}

func TestMemoOfStacks(t *testing.T) {
	m := repository(t)
	if r := same(t, m); len(r.Files) == 0 || len(r.Findings) > 0 {
		t.Errorf("%d files, findings:\n%s", len(r.Files), brief(r.Findings))
	}
}

func TestMemoOfFixture(t *testing.T) {
	if r := same(t, fixture(t, 2, 2, 2, 2, 2, 1, 1)); len(r.Dockerfiles()) != 32 || len(r.Findings) > 0 {
		t.Errorf("%d files, findings:\n%s", len(r.Files), brief(r.Findings))
	}
}

// TestMemoOfExistence: what is there only before the variant is filled in is
// reported, as CUE's own command reports it.
func TestMemoOfExistence(t *testing.T) {
	const stack = `
axes: schema.#Axes & {os: {a: f: "x", b: f: "y"}}
variant: schema.#Variant
_helper: variant.os.f == _|_
stages: schema.#Stages & {main: {from: "debian:12", steps: [%s{run: "make \(variant.os.id)"}]}}
dockerfile: schema.#Dockerfile & {%spath: variant.os.id, targets: main: {}}
`
	for _, test := range []struct{ steps, plan string }{
		{"if variant.os.f == _|_ {run: 1}, ", ""},
		{"if variant.os == _|_ {run: 1}, ", ""},
		{"if _helper {run: 1}, ", ""},
		{"", "if variant.os.f == _|_ {default: 1}, "},
	} {
		r := same(t, one(t, fmt.Sprintf(stack, test.steps, test.plan)))
		if len(r.Findings) != 1 || len(r.Files) > 0 {
			t.Errorf("%q: %d files, findings:\n%s", test, len(r.Files), brief(r.Findings))
		}
	}
}

// TestMemoOfRandomStacks throws all ways in which a stage can depend on the
// variant together, those that are not monotonic among them.
func TestMemoOfRandomStacks(t *testing.T) {
	n := rounds(t, 40)
	clean := 0
	for seed := range n {
		text := randomStack(rand.New(rand.NewPCG(uint64(seed), 5)))
		if r := same(t, one(t, text)); len(r.Findings) == 0 {
			clean++
		}
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
	t.Logf("%d of %d stacks compile", clean, n)
	if clean < n/3 {
		t.Error("the stacks are too often wrong to show anything")
	}
}

// randomStack makes a stack of three axes, some helpers and some stages.
func randomStack(r *rand.Rand) string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	axis := func() string { return pick("os", "cuda", "dev") }
	fact := func() string { return "variant." + axis() + "." + pick("id", "a", "b") }
	var text func(depth int) string
	// text is an expression for a string.
	text = func(depth int) string {
		if depth == 0 {
			return pick(`"x"`, `"y"`, fact())
		}
		inner := func() string { return text(depth - 1) }
		switch r.IntN(20) {
		case 0:
			return fmt.Sprintf(`"\(%s)-\(%s)"`, inner(), inner())
		case 1:
			return fmt.Sprintf(`[if %s == "1" {%s}, %s][0]`, fact(), inner(), inner())
		case 2:
			return fmt.Sprintf(`{"1": %s, "2": %s, "3": "z", "0": "w"}[%s]`, inner(), inner(), "variant."+axis()+".a")
		case 3:
			return "_helper.x"
		case 4:
			return "_helper.y"
		case 5:
			return "_table[variant.os.a]"
		case 6:
			return fmt.Sprintf(`(#Fragment & {in: %s}).out`, inner())
		case 7:
			return fmt.Sprintf(`(#Axis & {axis: variant.%s}).out`, axis())
		case 8:
			return fmt.Sprintf(`[if variant.%s.maybe != _|_ {"has"}, %s][0]`, axis(), inner())
		case 9:
			return fmt.Sprintf(`[if variant.%s.null == null {%s}, %s][0]`, axis(), inner(), inner())
		case 10:
			return fmt.Sprintf(`strings.Join([for k, v in variant.%s if k == "a" {v}, %s], "-")`, axis(), inner())
		case 11:
			return fmt.Sprintf(`"\(len(variant.%s.list))"`, axis())
		case 12:
			return fmt.Sprintf(`(*variant.%s.a | string)`, axis())
		case 13:
			return fmt.Sprintf(`(*"d\(%s)" | string)`, fact())
		case 14:
			return fmt.Sprintf(`or([%s])`, fact())
		case 15:
			return fmt.Sprintf(`"\(len(variant))"`)
		case 16:
			return `strings.Join([for name, axis in variant {axis.id}], "+")`
		case 17:
			return "stages.base.exports.e"
		case 18:
			return "(*\"literal\" | string)"
		default:
			return fmt.Sprintf(`[for x in variant.%s.list {x}, %s][0]`, axis(), inner())
		}
	}
	step := func() string {
		switch r.IntN(6) {
		case 0:
			return fmt.Sprintf("if %s == \"1\" {run: \"echo \\(%s)\"}", fact(), text(1))
		case 1:
			return fmt.Sprintf("{env: {A: %s, B: %s}}", text(2), text(1))
		case 2:
			return fmt.Sprintf("for x in variant.%s.list {run: \"echo \\(x) \\(%s)\"}", axis(), text(1))
		case 3:
			return fmt.Sprintf("{steps: [{run: \"echo \\(local)\"}, {label: a: %s}]}", text(1))
		case 4:
			return "{install: packages: [" + pick(`"curl"`, `"git-\(variant.os.a)"`) + "]}"
		default:
			return fmt.Sprintf("{run: \"echo \\(%s)\"}", text(2))
		}
	}
	var b strings.Builder
	b.WriteString("import \"strings\"\n\naxes: schema.#Axes & {\n")
	for _, name := range []string{"os", "cuda", "dev"} {
		maybe := pick("maybe: \"m\"", "")
		for v := range 1 + r.IntN(3) {
			fmt.Fprintf(&b, "\t%s: v%d: {a: \"%d\", b: %s, null: %s, list: [%s], %s}\n", name, v, r.IntN(3), pick(`"1"`, `"2"`),
				pick("null", `"n"`), pick(`"p"`, `"p", "q"`), maybe)
		}
	}
	b.WriteString("}\nvariant: schema.#Variant\n")
	fmt.Fprintf(&b, "_helper: {x: %s, y: \"\\(x)!\"}\n", pick(fact(), `"h"`, `*"h" | string`))
	if r.IntN(2) == 0 {
		fmt.Fprintf(&b, "_helper: x: string | %s\n", pick("*\"other\"", "\"h\""))
	}
	fmt.Fprintf(&b, "_table: {\"0\": \"t\", \"1\": %s, \"2\": %s}\n", fact(), pick(`"u"`, fact()))
	b.WriteString("#Fragment: {in: string, let twice = in + in, out: \"f\\(twice)\"}\n#Axis: {axis: {...}, out: axis.id}\n")
	b.WriteString("stages: schema.#Stages & {\n\t#packages: manager: " + pick(`"apt"`, `[if variant.os.a == "1" {"apt"}, "dnf"][0]`) + "\n")
	fmt.Fprintf(&b, "\tbase: {from: \"debian:12\", exports: e: \"/\\(%s)\", steps: [{run: \"make \\(%s)\"}]}\n", fact(), text(1))
	b.WriteString("\tmain: {\n\t\tfrom: stages.base.name\n")
	fmt.Fprintf(&b, "\t\tlet local = %s\n\t\tdescription: \"is \\(local)\"\n\t\tsteps: [\n", text(1))
	for range 1 + r.IntN(4) {
		fmt.Fprintf(&b, "\t\t\t%s,\n", step())
	}
	b.WriteString("\t\t]\n\t}\n}\ndockerfile: schema.#Dockerfile & {\n")
	b.WriteString("\tpath: \"\\(variant.os.id)/\\(variant.cuda.id)/\\(variant.dev.id)\"\n\ttargets: main: {}\n}\n")
	return b.String()
}

// Facts may be structs, and hold what the schema has names for.
func TestMemoOfStructuredFacts(t *testing.T) {
	r := same(t, one(t, `
axes: schema.#Axes & {os: {
	a: {env: {A: "1"}, prepare: [{run: "a"}, {user: "nobody"}], copied: {src: ["."], dest: "/y"}}
	b: {env: {B: "2", C: "3"}, prepare: [{workdir: "/w"}], copied: {src: ["."], dest: "/z/", chown: "1"}}
}}
variant: schema.#Variant
stages: schema.#Stages & {main: {
	from: "debian:12"
	steps: [
		{env: {for k, v in variant.os.env {(k): v}}},
		{steps: variant.os.prepare},
		{copy: variant.os.copied},
		for s in variant.os.prepare {s},
	]
}}
dockerfile: schema.#Dockerfile & {path: variant.os.id, targets: main: {}}
`))
	if len(r.Dockerfiles()) != 2 || len(r.Findings) > 0 {
		t.Errorf("%d files, findings:\n%s", len(r.Files), brief(r.Findings))
	}
}

// TestMemoOfBrokenStacks breaks stacks at random: what is wrong must be found,
// and explained, the same.
func TestMemoOfBrokenStacks(t *testing.T) {
	tokens := regexp.MustCompile(`\w+|"[^"\n]*"|\s+|.`)
	for seed := range rounds(t, 40) {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		words := tokens.FindAllString(randomStack(r), -1)
		for range 1 + r.IntN(2) {
			i := r.IntN(len(words))
			switch r.IntN(3) {
			case 0:
				words[i] = ""
			case 1:
				words[i] = words[r.IntN(len(words))]
			default:
				words[i] += " " + words[r.IntN(len(words))]
			}
		}
		text := strings.Join(words, "")
		if same(t, one(t, text)); t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
}

// rounds is how often a test with random input runs.
func rounds(t *testing.T, n int) int {
	t.Helper()
	if testing.Short() {
		n = 5
	}
	if more := os.Getenv("STAGECUE_ROUNDS"); more != "" {
		if _, err := fmt.Sscan(more, &n); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// Two values of an axis may have the same facts, and be wrong in two places.
func TestMemoOfSameFacts(t *testing.T) {
	for _, text := range []string{`{user_add: {name: variant.os.n, uid: 1000}}`, `{run: _h}`, `{workdir: variant.os.w}`} {
		r := same(t, one(t, `
axes: schema.#Axes & {os: {
	a: {n: null, w: "w"}
	b: {n: null, w: "w"}
}}
variant: schema.#Variant
_h: variant.os.n
stages: schema.#Stages & {
	#packages: manager: "apt"
	main: {from: "debian:12", steps: [`+text+`]}
}
dockerfile: schema.#Dockerfile & {path: variant.os.id, targets: main: {}}
`))
		if len(r.Findings) != 2 {
			t.Errorf("%s: one finding for each value is wanted:\n%s", text, brief(r.Findings))
		}
	}
}
