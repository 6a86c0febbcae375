package matrix

import (
	"strings"
	"testing"
)

func TestFindings(t *testing.T) {
	for _, tt := range []struct {
		name, rules, want string
	}{
		{"none", `r: {because: "x", forbid: {os: id: "deb", dev: id: "cpu"}}`, ""},
		{"a rule that never applies", `r: {because: "x", when: os: id: "arch", require: dev: id: "cpu"}`,
			`19:9 unused-rule: the rule "r" applies to no combination (remove it, or mend it if it was to reject something)`},
		{"a rule that requires what is so", `r: {because: "x", when: os: id: "deb", require: os: family: "debian"}`,
			`19:9 unused-rule: the rule "r" rejects no combination (remove it, or mend it if it was to reject something)`},
		{"a rule that forbids what is not", `r: {because: "x", forbid: {os: id: "deb", cuda: major: 11}}`,
			`19:9 unused-rule: the rule "r" rejects no combination (remove it, or mend it if it was to reject something)`},
		// That another rule rejects the same is no reason to drop one of them.
		{"two rules for the same", `r: {because: "x", forbid: os: id: "deb"}, s: {because: "y", forbid: {os: id: "deb", cuda: id: "12"}}`,
			`4:2 unused-value: the value "deb" of axis "os" is in no variant (remove it, or change the rules that reject all of its combinations)`},
		{"a value that two rules reject together", `r: {because: "x", when: dev: id: "gpu", require: cuda: major: >0}, s: {because: "y", forbid: cuda: major: >0}`,
			"10:2 unused-value: the value \"12\" of axis \"cuda\" is in no variant (remove it, or change the rules that reject all of its combinations)\n" +
				"11:2 unused-value: the value \"13\" of axis \"cuda\" is in no variant (remove it, or change the rules that reject all of its combinations)\n" +
				"15:2 unused-value: the value \"gpu\" of axis \"dev\" is in no variant (remove it, or change the rules that reject all of its combinations)"},
		{"axes that are related", `r: {because: "x", when: os: glibc: order: >0, require: os: glibc: order: >=(variant.cuda.need.order - 1)}`,
			`19:9 unused-rule: the rule "r" rejects no combination (remove it, or mend it if it was to reject something)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := mustBuild(t, axes+"rules: {"+tt.rules+"}")
			all, list := m.Variants()
			if len(list) > 0 {
				t.Fatal(brief(list))
			}
			if got := brief(m.Findings(all)); got != tt.want {
				t.Errorf("%s\ngot  %s\nwant %s", tt.rules, got, tt.want)
			}
		})
	}
}

func TestNoVariant(t *testing.T) {
	m := mustBuild(t, axes+`rules: {
	first: {because: "x", forbid: os: id: string}
	second: {because: "y", forbid: dev: id: "cpu"}
}`)
	all, list := m.Variants()
	want := "20:2 no-variant: the rules reject every combination, so there is nothing to compile"
	if got := brief(list); len(all) > 0 || got != want {
		t.Fatalf("got %v and %q", all, got)
	}
	if r := list[0].Related; len(r) != 1 || r[0].Label != `rule "second"` || r[0].Span.Line != 21 {
		t.Errorf("related: %+v", r)
	}
}

func TestTooManyVariants(t *testing.T) {
	// 10^5 is the limit, and can be had.
	text := grid(5, 10)
	if all, list := mustBuild(t, text).Variants(); len(all) != maxVariants || len(list) > 0 {
		t.Errorf("%d variants, findings: %s", len(all), brief(list))
	}
	_, list := mustBuild(t, text+`axes: b0: w: {id: "w", n: 1}`).Variants()
	if got := brief(list); !strings.HasPrefix(got, "2:1 matrix-too-large: the matrix has more than 100000 variants") {
		t.Errorf("got %s", got)
	}
	if got, want := strings.Join(list[0].Notes, "\n"), "values by axis: b0: 11, b1: 10, b2: 10, b3: 10, b4: 10"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	// Not the product counts, but what the rules leave of it.
	small := text + `axes: c: w: {id: "w", n: 1}, axes: c: v: {id: "v", n: 2}, rules: r: {because: "x", forbid: c: id: "v"}`
	if all, list := mustBuild(t, small).Variants(); len(all) != maxVariants || len(list) > 0 {
		t.Errorf("%d variants, findings: %s", len(all), brief(list))
	}
}
