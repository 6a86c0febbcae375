package matrix

import (
	"strings"
	"testing"
)

// axes are three small axes: a fact is null, one is a struct.
const axes = `
variant: {...}
axes: os: {
	deb: {id: "deb", family: "debian", glibc: order: 39}
	rpm: {id: "rpm", family: "rhel", glibc: {order: 34, old: true}}
	mus: {id: "mus", family: "alpine", glibc: null}
}
axes: cuda: {
	none: {id: "none", major: null, need: order: 0}
	"12": {id: "12", major: 12, need: order: 34}
	"13": {id: "13", major: 13, need: order: 35}
}
axes: dev: {
	cpu: {id: "cpu"}
	gpu: {id: "gpu"}
}
#Debian: os: family: "debian"
_need: variant.cuda.need.order
`

// Every rule is judged by what it leaves, as "cuda/dev/os".
func TestRules(t *testing.T) {
	all := "12/cpu/deb 12/cpu/mus 12/cpu/rpm 12/gpu/deb 12/gpu/mus 12/gpu/rpm " +
		"13/cpu/deb 13/cpu/mus 13/cpu/rpm 13/gpu/deb 13/gpu/mus 13/gpu/rpm " +
		"none/cpu/deb none/cpu/mus none/cpu/rpm none/gpu/deb none/gpu/mus none/gpu/rpm"
	const debian = "12/cpu/deb 12/gpu/deb 13/cpu/deb 13/gpu/deb none/cpu/deb none/gpu/deb"
	for _, tt := range []struct {
		name, rule, want string
	}{
		{"a rule about nothing", `require: {}`, all},
		{"an axis without a fact", `require: os: {}`, all},
		{"a fact of any value", `require: os: id: string`, all},
		{"one value", `require: os: id: "deb"`, debian},
		{"a bound leaves out null", `require: cuda: major: >=13`,
			"13/cpu/deb 13/cpu/mus 13/cpu/rpm 13/gpu/deb 13/gpu/mus 13/gpu/rpm"},
		{"null", `require: {cuda: major: null, dev: id: "cpu"}`, "none/cpu/deb none/cpu/mus none/cpu/rpm"},
		{"a regular expression", `forbid: cuda: id: =~"^1"`,
			"none/cpu/deb none/cpu/mus none/cpu/rpm none/gpu/deb none/gpu/mus none/gpu/rpm"},
		{"a fact within a fact", `require: {os: glibc: order: >=35, dev: id: "gpu"}`, "12/gpu/deb 13/gpu/deb none/gpu/deb"},
		{"a fact that is there for some", `require: {os: glibc: old: true, dev: id: "gpu"}`, "12/gpu/rpm 13/gpu/rpm none/gpu/rpm"},
		{"a struct of any kind", `require: {os: glibc: {}, cuda: id: "12", dev: id: "cpu"}`, "12/cpu/deb 12/cpu/rpm"},
		{"forbid wants all of its axes", `forbid: {os: family: !="debian", cuda: id: !="12"}`,
			"12/cpu/deb 12/cpu/mus 12/cpu/rpm 12/gpu/deb 12/gpu/mus 12/gpu/rpm 13/cpu/deb 13/gpu/deb none/cpu/deb none/gpu/deb"},
		{"when", `when: cuda: major: >0, require: {os: family: "debian", dev: id: "gpu"}`,
			"12/gpu/deb 13/gpu/deb none/cpu/deb none/cpu/mus none/cpu/rpm none/gpu/deb none/gpu/mus none/gpu/rpm"},
		{"when is an instance, not merely unifiable", `when: os: glibc: order: <35, require: dev: id: "gpu"`,
			strings.NewReplacer("12/cpu/rpm ", "", "13/cpu/rpm ", "", "none/cpu/rpm ", "").Replace(all)},
		{"a choice of values", `require: {os: id: "deb" | "rpm", dev: id: "cpu", cuda: id: "13"}`, "13/cpu/deb 13/cpu/rpm"},
		{"a choice of structs", `require: {os: {id: "mus"} | {glibc: order: 34}, dev: id: "cpu", cuda: id: "13"}`, "13/cpu/mus 13/cpu/rpm"},
		{"a choice of axes", `require: {os: id: "deb", dev: id: "gpu"} | {os: id: "mus", cuda: major: 13}`,
			"12/gpu/deb 13/cpu/mus 13/gpu/deb 13/gpu/mus none/gpu/deb"},
		{"a choice within what holds anyway", `require: {dev: id: "cpu", {os: id: "deb"} | {cuda: id: "12"}}`,
			"12/cpu/deb 12/cpu/mus 12/cpu/rpm 13/cpu/deb none/cpu/deb"},
		{"two choices", `require: ({os: id: "deb"} | {cuda: id: "12"}) & ({dev: id: "cpu"} | {os: id: "mus"})`,
			"12/cpu/deb 12/cpu/mus 12/cpu/rpm 12/gpu/mus 13/cpu/deb none/cpu/deb"},
		{"a computed choice", `require: {cuda: id: "12", dev: id: "cpu"} & or([for x in ["deb", "mus"] {os: id: x}])`, "12/cpu/deb 12/cpu/mus"},
		{"a definition, which CUE closes", `require: #Debian`, debian},
		{"axes that are related", `when: dev: id: "gpu", require: os: glibc: order: >=variant.cuda.need.order`,
			strings.NewReplacer(" 12/gpu/mus", "", " 13/gpu/mus 13/gpu/rpm", "", " none/gpu/mus", "").Replace(all)},
		{"axes that are related by a helper", `when: dev: id: "gpu", require: os: glibc: order: >=_need`,
			strings.NewReplacer(" 12/gpu/mus", "", " 13/gpu/mus 13/gpu/rpm", "", " none/gpu/mus", "").Replace(all)},
		{"a relation that null is not part of", `require: {os: glibc: order: >=(30+variant.cuda.major), dev: id: "cpu"}`, ""},
		{"a relation in one arm", `require: {dev: id: "cpu", os: id: "deb"} | {dev: id: "cpu", os: glibc: order: <=(22+variant.cuda.major)}`,
			"12/cpu/deb 12/cpu/rpm 13/cpu/deb 13/cpu/rpm none/cpu/deb"},
		{"a condition", `forbid: {if variant.cuda.major != null {os: family: "alpine"}, cuda: {}}`,
			"12/cpu/deb 12/cpu/rpm 12/gpu/deb 12/gpu/rpm 13/cpu/deb 13/cpu/rpm 13/gpu/deb 13/gpu/rpm"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := axes + "rules: r: {because: \"x\", " + tt.rule + "}"
			if tt.want == "" {
				if _, list := mustBuild(t, text).Variants(); len(list) != 1 {
					t.Errorf("findings: %s", brief(list))
				}
				return
			}
			got := strings.NewReplacer("cuda=", "", " dev=", "/", " os=", "/", "\n", " ").Replace(variants(t, mustBuild(t, text)))
			if got != tt.want {
				t.Errorf("%s\ngot  %s\nwant %s", tt.rule, got, tt.want)
			}
		})
	}
}

// The order is that of the axes and, in it, of the values, and not that in
// which they are written.
func TestVariantsOrder(t *testing.T) {
	for _, values := range []string{
		`"9": id: "9", "10": id: "10", "1.2-a": id: "1.2-a", "1.02-a": id: "1.02-a", v1: id: "v1"`,
		`v1: id: "v1", "1.02-a": id: "1.02-a", "1.2-a": id: "1.2-a", "10": id: "10", "9": id: "9"`,
	} {
		m := mustBuild(t, `axes: {b2: x: id: "x", b10: y: id: "y", a: {`+values+`}}`)
		want := "a=1.02-a b2=x b10=y\na=1.2-a b2=x b10=y\na=9 b2=x b10=y\na=10 b2=x b10=y\na=v1 b2=x b10=y"
		if got := variants(t, m); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

func TestVariantsWithoutAxes(t *testing.T) {
	m := mustBuild(t, `variant: {...}`)
	all, list := m.Variants()
	if len(all) != 1 || all[0].String() != "" || len(list) > 0 {
		t.Errorf("got %v and %s, want the one combination of nothing", all, brief(list))
	}
}

func TestRejections(t *testing.T) {
	m := mustBuild(t, axes+`rules: {
	"b-needs-gpu": {when: cuda: major: 13, require: dev: id: "gpu", because: "so it is", see: "https://example.com"}
	"a-no-musl": {forbid: os: id: "mus", because: "nobody builds it"}
	"c-no-rpm": {forbid: os: id: "rpm", because: "neither"}
}`)
	// cuda=13 dev=cpu os=mus
	got := m.Rejections(Combination{1, 0, 1})
	if len(got) != 2 || got[0].Rule != "a-no-musl" || got[1].Rule != "b-needs-gpu" {
		t.Fatalf("got %+v", got)
	}
	r := got[1]
	if r.Because != "so it is" || r.See != "https://example.com" || r.Related.Label != `rule "b-needs-gpu": so it is` || r.Related.Span.String() != "a.cue:20:2" {
		t.Errorf("got %+v", r)
	}
}
