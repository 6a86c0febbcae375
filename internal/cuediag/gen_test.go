package cuediag
import ("testing"; "cuelang.org/go/cue"; "stagecue.dev/internal/diag"; "fmt"; "os"; "strings")
func q(s string) string { if strings.Contains(s, "`") || strings.Contains(s, "\n") { return fmt.Sprintf("%q", s) }; return "`"+s+"`" }
func lines(s string) string { parts := strings.Split(s, "\n"); for i := range parts { if i < len(parts)-1 { if strings.ContainsAny(parts[i], "\"\\") { parts[i] = "`"+parts[i]+"` + \"\\n\"" } else { parts[i] = fmt.Sprintf("%q", parts[i]+"\n") } } else { parts[i] = q(parts[i]) } }; return strings.Join(parts, " +\n\t\t\t\t") }
func TestGen(t *testing.T) {
	var b strings.Builder
	for _, c := range [][2]string{
		{"an unknown field", `x: #Thing & {name: "a", prot: 1}`},
		{"an unknown field, quoted", `x: #Thing & {name: "a", "p-rot": 1}`},
		{"an unknown field like none of many", `x: #Thing & {name: "a", something: 1}`},
		{"an unknown field like none of few", `x: #Thing & {name: "a", nested: {zzzzz: 1}}`},
		{"an unknown field in a list", `x: [#Thing & {name: "a", prt: 1}]`},
		{"a name that is not of the pattern", `x: #Thing & {name: "a", free: {"y-a": "b"}}`},
		{"a name of the pattern", `x: #Thing & {name: "a", free: "x-a": 3}`},
		{"a required field", `x: #Thing & {port: 1}`},
		{"required fields of several things", `x: #Things & {a: {port: 3}, b: {}}`},
		{"a bound", `x: #Thing & {name: "a", port: 70000}`},
		{"a pattern", `x: #Thing & {name: "A"}`},
		{"a pattern that is too long to be read", `x: #Long & "nothing"`},
		{"a string for a number", `x: #Thing & {name: "a", port: "80"}`},
		{"a boolean for a string", `x: #Thing & {name: "a", text: true}`},
		{"null for a string", `x: #Thing & {name: "a", text: null}`},
		{"a list for a string", `x: #Thing & {name: "a", text: ["b"]}`},
		{"a struct for a string", `x: #Thing & {name: "a", text: {b: 1}}`},
		{"a string for a list", `x: #Thing & {name: "a", list: "b"}`},
		{"a string for a struct", `x: #Thing & {name: "a", nested: "b"}`},
		{"a number in a list of strings", `x: #Thing & {name: "a", list: ["b", 3]}`},
		{"a list that is too short", `x: #Thing & {name: "a", pair: [1]}`},
		{"none of several values", `x: #Thing & {name: "a", kind: "serv"}`},
		{"none of several values, of another type", `x: #Thing & {name: "a", kind: 3}`},
		{"the schema's own words", `x: #Thing & {name: "a", either: {a: 1, b: 2}}`},
		{"two values", "x: #Thing & {name: \"a\"}\nx: name: \"b\""},
		{"two values, one of several lines", "x: #Thing & {name: \"a\", text: \"a\"}\nx: text: \"\"\"\n\tb\n\tc\n\t\"\"\""},
		{"a value from elsewhere", "_y: 3\nx: #Thing & {name: \"a\", text: _y}"},
		{"an undefined field", "y: os: family: \"a\"\nx: #Thing & {name: \"a\", text: y.os.famly}"},
		{"an undefined field further up", "y: os: family: \"a\"\nx: #Thing & {name: \"a\", text: y.so.family}"},
		{"an undefined field like none", "y: os: family: \"a\"\nx: #Thing & {name: \"a\", text: y.os.glibc}"},
		{"an undefined field of nothing", "y: {...}\nx: #Thing & {name: \"a\", text: y.z}"},
		{"null in a string", "y: os: null\nx: #Thing & {name: \"a\", text: \"a-\\(y.os)\"}"},
		{"a field of null", "y: os: null\nx: #Thing & {name: \"a\", text: \"a-\\(y.os.id)\"}"},
		{"a value that is not settled", `x: #Thing & {name: "a", text: string}`},
		{"a value that is not chosen", `x: #Thing & {name: "a", text: "a" | "b"}`},
		{"what does not add up", `x: #Thing & {name: "a", text: "a" + 3}`},
		{"division by zero", `x: 1 / 0`},
		{"a cycle", `x: {a: b, b: a + 1}`},
		{"several at once", `x: #Thing & {name: "a", port: 0, text: 3, list: 3}`},
	} {
		v, positions := read(t, map[string]string{"schema/schema.cue": schema, "a.cue": "package p\n" + c[1]})
		fmt.Fprintf(&b, "\t\t{%q, %s,\n\t\t\t%s},\n", c[0], q(c[1]), lines(describe(positions.Convert(v.Validate(cue.Concrete(true)), v, diag.CodeEvaluation))))
	}
	os.WriteFile("/tmp/table.txt", []byte(b.String()), 0o644)
}
