package cuediag

import (
	"testing"

	"cuelang.org/go/cue"
)

// Required fields are found beside other errors, wherever they are, and each at
// the innermost place that the user wrote.
func TestMissing(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
	}{
		{"nothing", `things: a: #Thing & {name: "a"}`, ""},
		{"a field", `things: a: #Thing & {port: 1}`, "a.cue:2:9-2:10 missing-field: things.a.name: this field is required"},
		{"beside an error", `things: a: #Thing & {port: "1"}`, "a.cue:2:9-2:10 missing-field: things.a.name: this field is required"},
		{"beside an unknown field", `things: a: #Thing & {nam: "a"}`, "a.cue:2:9-2:10 missing-field: things.a.name: this field is required"},
		{"in a list", `things: a: [#Thing & {name: "a"}, #Thing & {}]`, "a.cue:2:35-2:41 missing-field: things.a[1].name: this field is required"},
		{"in each of several", `things: {a: #Thing & {}, "b-c": #Thing & {}}`,
			"a.cue:2:10-2:11 missing-field: things.a.name: this field is required\n" +
				`a.cue:2:26-2:31 missing-field: things."b-c".name: this field is required`},
		{"in what is optional and not there", `things: a?: #Thing`, ""},
		{"what the user requires", `things: a: {b!: int}`, "a.cue:2:17-2:20 missing-field: things.a.b: this field is required"},
		{"elsewhere", `other: a: #Thing & {}, things: {}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, positions := read(t, map[string]string{"schema/schema.cue": schema, "a.cue": "package p\n" + tt.text})
			if got := describe(positions.Missing(v, cue.ParsePath("things"))); got != tt.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", tt.text, got, tt.want)
			}
		})
	}
}
