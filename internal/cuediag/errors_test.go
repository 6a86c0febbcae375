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
			`a.cue:2:25-2:29 unknown-field: x: unknown field "prot"` + "\n" +
				`  help: did you mean "port"?`},
		{"an unknown field, quoted", `x: #Thing & {name: "a", "p-rot": 1}`,
			`a.cue:2:25-2:32 unknown-field: x: unknown field "p-rot"` + "\n" +
				`  help: did you mean "port"?`},
		{"an unknown field like none of many", `x: #Thing & {name: "a", something: 1}`,
			`a.cue:2:25-2:34 unknown-field: x: unknown field "something"`},
		{"an unknown field like none of few", `x: #Thing & {name: "a", nested: {zzzzz: 1}}`,
			`a.cue:2:34-2:39 unknown-field: x.nested: unknown field "zzzzz"` + "\n" +
				`  help: the fields are inner, other`},
		{"an unknown field in a list", `x: [#Thing & {name: "a", prt: 1}]`,
			`a.cue:2:26-2:29 unknown-field: x[0]: unknown field "prt"` + "\n" +
				`  help: did you mean "port"?`},
		{"a name that is not of the pattern", `x: #Thing & {name: "a", free: {"y-a": "b"}}`,
			`a.cue:2:32-2:37 unknown-field: x.free: the name "y-a" is not allowed here` + "\n" +
				`  help: names here must be =~"^x-[a-z]+$"`},
		{"a name of the pattern", `x: #Thing & {name: "a", free: "x-a": 3}`,
			`a.cue:2:38-2:39 invalid-value: x.free."x-a": it must be of type string, not 3 (int)`},
		{"a required field", `x: #Thing & {port: 1}`,
			"a.cue:2:4-2:10 missing-field: x.name: this field is required\n" +
				`  help: name is what others call it.`},
		{"required fields of several things", `x: #Things & {a: {port: 3}, b: {}}`,
			"a.cue:2:18-2:27 missing-field: x.a.name: this field is required\n" +
				"  help: name is what others call it.\n" +
				"a.cue:2:32-2:34 missing-field: x.b.name: this field is required\n" +
				`  help: name is what others call it.`},
		{"a bound", `x: #Thing & {name: "a", port: 70000}`,
			"a.cue:2:31-2:36 invalid-value: x.port: invalid value 70000\n" +
				"  note: it must be <65536\n" +
				`  help: #Port is a number below 65536.`},
		{"a pattern", `x: #Thing & {name: "A"}`,
			`a.cue:2:20-2:23 invalid-value: x.name: invalid value "A"` + "\n" +
				`  note: it must be =~"^[a-z]+$"` + "\n" +
				`  help: name is what others call it.`},
		{"a pattern that is too long to be read", `x: #Long & "nothing"`,
			`a.cue:2:12-2:21 invalid-value: x: invalid value "nothing"`},
		{"a string for a number", `x: #Thing & {name: "a", port: "80"}`,
			`a.cue:2:31-2:35 invalid-value: x.port: it must be of type number, not "80" (string)` + "\n" +
				`  help: port is where it listens.`},
		{"a boolean for a string", `x: #Thing & {name: "a", text: true}`,
			`a.cue:2:31-2:35 invalid-value: x.text: it must be of type string, not true (bool)`},
		{"null for a string", `x: #Thing & {name: "a", text: null}`,
			`a.cue:2:31-2:35 invalid-value: x.text: it must be of type string, not null`},
		{"a list for a string", `x: #Thing & {name: "a", text: ["b"]}`,
			`a.cue:2:31-2:36 invalid-value: x.text: it must be of type string, not ["b"] (list)`},
		{"a struct for a string", `x: #Thing & {name: "a", text: {b: 1}}`,
			`a.cue:2:31-2:37 invalid-value: x.text: it must be of type string, not a struct`},
		{"a string for a list", `x: #Thing & {name: "a", list: "b"}`,
			`a.cue:2:31-2:34 invalid-value: x.list: it must be of type list, not "b" (string)`},
		{"a string for a struct", `x: #Thing & {name: "a", nested: "b"}`,
			`a.cue:2:33-2:36 invalid-value: x.nested: it must be of type struct, not "b" (string)`},
		{"a number in a list of strings", `x: #Thing & {name: "a", list: ["b", 3]}`,
			`a.cue:2:37-2:38 invalid-value: x.list[1]: it must be of type string, not 3 (int)`},
		{"a list that is too short", `x: #Thing & {name: "a", pair: [1]}`,
			`a.cue:2:31-2:34 invalid-value: x.pair: the list has the wrong length: 1 and 2 elements do not go together`},
		{"none of several values", `x: #Thing & {name: "a", kind: "serv"}`,
			`a.cue:2:31-2:37 invalid-value: x.kind: expected one of "client", "peer", "server"; got "serv"`},
		{"none of several values, of another type", `x: #Thing & {name: "a", kind: 3}`,
			`a.cue:2:31-2:32 invalid-value: x.kind: expected one of "client", "peer", "server"; got 3`},
		{"the schema's own words", `x: #Thing & {name: "a", either: {a: 1, b: 2}}`,
			`a.cue:2:25-2:31 invalid-value: x.either.c: say either a or b`},
		{"two values", "x: #Thing & {name: \"a\"}\nx: name: \"b\"",
			`a.cue:3:10-3:13 conflicting-values: x.name: it cannot be "b" and "a" at once` + "\n" +
				`  a.cue:2:20-2:23 the other value stands here`},
		{"two values, one of several lines", "x: #Thing & {name: \"a\", text: \"a\"}\nx: text: \"\"\"\n\tb\n\tc\n\t\"\"\"",
			`a.cue:3:10-6:5 conflicting-values: x.text: it cannot be "b\nc" and "a" at once` + "\n" +
				`  a.cue:2:31-2:34 the other value stands here`},
		{"a value from elsewhere", "_y: 3\nx: #Thing & {name: \"a\", text: _y}",
			`a.cue:2:5-2:6 invalid-value: x.text: it must be of type string, not 3 (int)`},
		{"an undefined field", "y: os: family: \"a\"\nx: #Thing & {name: \"a\", text: y.os.famly}",
			`a.cue:3:36-3:41 unknown-reference: x.text: y.os has no field "famly"` + "\n" +
				`  help: did you mean "family"?`},
		{"an undefined field further up", "y: os: family: \"a\"\nx: #Thing & {name: \"a\", text: y.so.family}",
			`a.cue:3:33-3:35 unknown-reference: x.text: y has no field "so"` + "\n" +
				`  help: y has os`},
		{"an undefined field like none", "y: os: family: \"a\"\nx: #Thing & {name: \"a\", text: y.os.glibc}",
			`a.cue:3:36-3:41 unknown-reference: x.text: y.os has no field "glibc"` + "\n" +
				`  help: y.os has family`},
		{"an undefined field of nothing", "y: {...}\nx: #Thing & {name: \"a\", text: y.z}",
			`a.cue:3:33-3:34 unknown-reference: x.text: y has no field "z"`},
		{"null in a string", "y: os: null\nx: #Thing & {name: \"a\", text: \"a-\\(y.os)\"}",
			"a.cue:3:31-3:42 cue-evaluation: x.text: a fact that does not apply (null) cannot be part of a text\n" +
				"  a.cue:2:8-2:12 the value stands here\n" +
				"  help: leave the step or the field out where it does not apply: `if variant.<axis>.<fact> != null {...}`"},
		{"a field of null", "y: os: null\nx: #Thing & {name: \"a\", text: \"a-\\(y.os.id)\"}",
			`a.cue:3:36-3:43 cue-evaluation: x.text: invalid operand y.os (found null, want list or struct)`},
		{"a value that is not settled", `x: #Thing & {name: "a", text: string}`,
			`a.cue:2:31-2:37 incomplete-value: x.text: the value is not settled, it is only known to be string`},
		{"a value that is not chosen", `x: #Thing & {name: "a", text: "a" | "b"}`,
			`a.cue:2:31-2:34 incomplete-value: x.text: the value is not settled, it is only known to be "a" | "b"`},
		{"what does not add up", `x: #Thing & {name: "a", text: "a" + 3}`,
			`a.cue:2:37-2:38 cue-evaluation: x.text: invalid operands "a" and 3 to '+' (type string and int)`},
		{"division by zero", `x: 1 / 0`,
			`a.cue:2:4-2:5 cue-evaluation: x: failed arithmetic: division by zero`},
		{"a cycle", `x: {a: b, b: a + 1}`,
			`a.cue:2:14-2:15 cue-evaluation: x.b: cycle with field: a`},
		{"several at once", `x: #Thing & {name: "a", port: 0, text: 3, list: 3}`,
			"a.cue:2:31-2:32 invalid-value: x.port: invalid value 0\n" +
				"  note: it must be >0\n" +
				"  help: #Port is a number below 65536.\n" +
				"a.cue:2:40-2:41 invalid-value: x.text: it must be of type string, not 3 (int)\n" +
				`a.cue:2:49-2:50 invalid-value: x.list: it must be of type list, not 3 (int)`},
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
