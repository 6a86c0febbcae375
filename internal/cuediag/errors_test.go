package cuediag

import (
	"testing"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/diag"
)

// schema stands for the real one: a kind of field for each kind of error.
const schema = `package p

#Thing: {
	// name is what others call it. It is never shown.
	name!: =~"^[a-z]+$"
	// port is where it listens.
	port?: #Port
	kind?: "server" | "client" | "peer"
	list?: [...string]
	nested?: {inner?: int, other?: string}
	pair?: [int, int]
	text?: string
	free?: #Free
	either?: {...}
	if either.a != _|_ if either.b != _|_ {either: c: error("say either a or b")}
}
// #Port is a number below 65536.
#Port: >0 & <65536
#Free: [=~"^x-[a-z]+$"]: string
#Long: =~"^(some|very|long|pattern|that|nobody|wants|to|read|in|a|message|of|one|line)$"
#Things: [string]: #Thing
`

// Each kind of error of CUE's, as it is explained. The user's file is a.cue.
func TestConvert(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
	}{
		{"an unknown field", `x: #Thing & {name: "a", prot: 1}`,
			"a.cue:1:36-1:40 unknown-field: x: unknown field \"prot\"\n  help: did you mean \"port\"?"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, positions := read(t, map[string]string{"schema/schema.cue": schema, "a.cue": "package p\n" + tt.text})
			got := describe(positions.Convert(v.Validate(cue.Concrete(true)), v, diag.CodeEvaluation))
			if got != tt.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", tt.text, got, tt.want)
			}
		})
	}
}
