package matrix

import "testing"

// What is wrong with a matrix, as "line:column code: message (help)" of the one
// line that the case adds to the axes.
func TestNewReports(t *testing.T) {
	rule := func(body string) string { return `rules: r: {because: "x", ` + body + `}` }
	for _, tt := range []struct {
		name, text, want string
	}{
		{"an axis without values", `axes: py: {}`,
			`19:7 empty-axis: the axis "py" has no value, so there is no combination at all (give it a value, or remove the axis)`},
		{"a fact that one value lacks", `axes: dev: xpu: {id: "xpu", x: 1}`,
			"14:2 uneven-facts: the value \"cpu\" of axis \"dev\" lacks the fact \"x\", which \"xpu\" has (if it does not apply here, say `x: null`)\n" +
				"15:2 uneven-facts: the value \"gpu\" of axis \"dev\" lacks the fact \"x\", which \"xpu\" has (if it does not apply here, say `x: null`)"},
		{"a fact that is misspelt", `axes: dev: xpu: {ids: "xpu"}`,
			`19:12 uneven-facts: the value "xpu" of axis "dev" lacks the fact "id", which "cpu" has (did you mean "id" where it says "ids"?)`},
		{"a fact that one of two misspells", `axes: py: {a: family: 1, b: famly: 1}`,
			`19:12 uneven-facts: the value "a" of axis "py" lacks the fact "famly", which "b" has (did you mean "famly" where it says "family"?)` + "\n" +
				`19:26 uneven-facts: the value "b" of axis "py" lacks the fact "family", which "a" has (did you mean "family" where it says "famly"?)`},
		{"a fact that is not settled", `axes: dev: xpu: {id: "xpu" | "x"}`,
			`19:22 incomplete-value: axes.dev.xpu.id: the value is not settled, it is only known to be "xpu" | "x"`},
		{"no constraint", rule(``),
			"19:8 rule-form: the rule \"r\" must hold either `forbid`, or `require` with or without `when`"},
		{"when without require", rule(`when: os: id: "deb"`),
			"19:8 rule-form: the rule \"r\" must hold either `forbid`, or `require` with or without `when`"},
		{"forbid with when", rule(`when: os: id: "deb", forbid: dev: id: "cpu"`),
			"19:8 rule-form: the rule \"r\" must hold either `forbid`, or `require` with or without `when`"},
		{"forbid with require", rule(`require: os: id: "deb", forbid: dev: id: "cpu"`),
			"19:8 rule-form: the rule \"r\" must hold either `forbid`, or `require` with or without `when`"},
		{"no reason", `rules: r: forbid: os: id: "deb"`, `19:8 missing-field: rules."r": the field "because" is required`},
		{"an unknown axis", rule(`forbid: cudda: major: 12`),
			`19:34 unknown-axis: there is no axis "cudda", so this would never apply (did you mean "cuda"?)`},
		{"an unknown axis that is like none", rule(`forbid: python: id: "3"`),
			`19:34 unknown-axis: there is no axis "python", so this would never apply (the axes are cuda, dev, os)`},
		{"an unknown axis in an arm", rule(`forbid: {os: id: "deb"} | {oss: id: "rpm"}`),
			`19:53 unknown-axis: there is no axis "oss", so this would never apply (did you mean "os"?)`},
		{"an unknown axis under a condition", rule(`forbid: {if variant.cuda.major == 13 {oss: id: "rpm"}}`),
			`19:64 unknown-axis: there is no axis "oss", so this would never apply (did you mean "os"?)`},
		{"an unknown fact", rule(`forbid: os: famly: "rhel"`),
			`19:38 unknown-fact: os has no fact "famly", so this would never apply (did you mean "family"?)`},
		{"an unknown fact that is like none", rule(`forbid: dev: vendor: "amd"`),
			`19:39 unknown-fact: dev has no fact "vendor", so this would never apply (the facts are id)`},
		{"an unknown fact in an arm", rule(`forbid: os: {id: "deb"} | {famly: "rhel"}`),
			`19:53 unknown-fact: os has no fact "famly", so this would never apply (did you mean "family"?)`},
		{"an unknown fact within a fact", rule(`forbid: os: glibc: ordr: 39`),
			`19:45 unknown-fact: os.glibc has no fact "ordr", so this would never apply (did you mean "order"?)`},
		{"an unknown fact in a definition", `#Rhel: os: famly: "rhel", ` + rule(`forbid: #Rhel`),
			`19:12 unknown-fact: os has no fact "famly", so this would never apply (did you mean "family"?)`},
		{"an optional axis", rule(`forbid: os?: id: "deb"`),
			`19:34 rule-form: "os" is marked with ? or !, which means nothing in a constraint (write the name alone)`},
		{"an optional fact", rule(`forbid: os: id?: "deb"`),
			`19:38 rule-form: "id" is marked with ? or !, which means nothing in a constraint (write the name alone)`},
		{"an axis by its value", rule(`forbid: os: "deb"`),
			"19:38 rule-form: \"os\" is an axis, and an axis is constrained by its facts (for a value by its name, say `os: id: \"...\"`)"},
		{"no struct", rule(`forbid: "deb"`),
			`19:34 rule-form: a constraint is a struct of axes, or a choice of such structs (write {<axis>: <fact>: ...})`},
		{"an unknown axis that is read", rule(`require: os: glibc: order: >=variant.cudda.need.order`),
			`19:63 unknown-reference: rules.r.require.os.glibc.order: variant has no field "cudda" (did you mean "cuda"?)`},
		{"an unknown fact that is read", rule(`require: os: glibc: order: >=variant.cuda.needs.order`),
			`19:68 unknown-reference: rules.r.require.os.glibc.order: variant.cuda has no field "needs" (did you mean "need"?)`},
		{"an unknown fact that one arm reads", rule(`require: {dev: id: "cpu"} | {os: glibc: order: >=variant.cuda.ned.order}`),
			`19:88 unknown-reference: rules.r.require.os.glibc.order: variant.cuda has no field "ned" (did you mean "need"?)`},
		{"an unknown fact in a condition", rule(`forbid: {if variant.cuda.majr == 13 {os: id: "rpm"}}`),
			`19:51 unknown-reference: rules.r.forbid: variant.cuda has no field "majr" (did you mean "major"?)`},
		{"the variant as a whole", rule(`forbid: os: id: or([for a, v in variant if a == "dev" {v.id}])`),
			"19:58 rule-form: a rule reads the values of certain axes, not `variant` as a whole (write variant.<axis>.<fact>)"},
		{"the variant by index", rule(`forbid: os: id: variant["dev"].id`),
			"19:42 rule-form: a rule reads the values of certain axes, not `variant` as a whole (write variant.<axis>.<fact>)"},
		{"a guarantee without a combination", `guarantees: g: because: "x"`,
			`19:13 missing-field: guarantees."g": the field "combination" is required`},
		{"a guarantee of an unknown axis", `guarantees: g: {because: "x", combination: oss: id: "deb"}`,
			`19:44 unknown-axis: there is no axis "oss", so this would never apply (did you mean "os"?)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list, err := build(axes + tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := brief(list); got != tt.want {
				t.Errorf("%s\ngot  %s\nwant %s", tt.text, got, tt.want)
			}
		})
	}
}
