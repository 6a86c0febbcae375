package cuediag

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/diag"
)

const user = `package p

things: #Things & {
	first: {name: "a", nested: inner: 1 + 2}
	second: {
		name: "b"
		list: ["x", "y\(things.first.name)", things.first.name]
	}
}
`

func TestPlaces(t *testing.T) {
	v, positions := read(t, map[string]string{"schema/schema.cue": schema, "a.cue": user})
	lookup := func(path string) cue.Value { return v.LookupPath(cue.ParsePath(path)) }
	at := func(path string) string { return place(positions.At(v, cue.ParsePath(path).Selectors())) }
	for _, tt := range []struct{ name, got, want string }{
		// The value is the user's, though it is unified with the schema.
		{"a value", place(positions.Value(lookup("things.second.name"))), "a.cue:6:9-6:12"},
		{"a struct", place(positions.Value(lookup("things.second"))), "a.cue:5:10-8:3"},
		{"a value of the schema's alone", place(positions.Value(lookup("#Port"))), "schema/schema.cue:18:8-18:10"},
		{"a label", place(positions.Label(lookup("things.second"), "second")), "a.cue:5:2-5:8"},
		{"a label further out", place(positions.Label(lookup("things.first.nested.inner"), "nested")), "a.cue:4:21-4:27"},
		{"a label that is not around it", place(positions.Label(lookup("things.second.name"), "third")), "a.cue:6:9-6:12"},
		{"a path", at("things.second.name"), "a.cue:6:9-6:12"},
		{"a path into a list", at("things.second.list[1]"), "a.cue:7:15-7:38"},
		{"a reference in a list", at("things.second.list[2]"), "a.cue:7:40-7:57"},
		{"a path that leads nowhere", at("things.second.port"), "a.cue:5:2-5:8"},
		{"a path that leads nowhere from a list", at("things.second.list[7].x"), "a.cue:7:3-7:7"},
		{"a path that starts nowhere", at("nothing.at.all"), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is at %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

// Other conjuncts may come from any file: it is the leftmost of the user's that
// counts, and the others are related.
func TestSeveralFiles(t *testing.T) {
	v, positions := read(t, map[string]string{
		"schema/schema.cue": schema,
		"a.cue":             "package p\n\nx: #Thing & {name: \"a\"}\n",
		"b.cue":             "package p\n\nx: {\n\tname: \"b\"\n}\ny: #Thing & {prt: 1}\n",
	})
	want := `b.cue:4:8-4:11 conflicting-values: x.name: it cannot be "b" and "a" at once
  a.cue:3:20-3:23 the other value stands here
b.cue:6:14-6:17 unknown-field: y: unknown field "prt"
  help: did you mean "port"?`
	if got := describe(positions.Convert(v.Validate(cue.Concrete(true)), v, diag.CodeEvaluation).Sorted()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What lies outside of the module has no place in it.
func TestOutside(t *testing.T) {
	_, positions := read(t, map[string]string{"a.cue": "package p\n"})
	for name, want := range map[string]string{
		"/home/somebody/other/a.cue":                "",
		"/home/somebody/module.cue":                 "",
		"/home/somebody/module/lib/a.cue":           "lib/a.cue:1:1",
		"/home/somebody/module/..a.cue":             "..a.cue:1:1",
		"lib/a.cue":                                 "lib/a.cue:1:1",
		"/home/somebody/module/cue.mod/pkg/x/a.cue": "cue.mod/pkg/x/a.cue:1:1",
	} {
		v := cuecontext.New().CompileString("x: 1", cue.Filename(filepath.FromSlash(name)))
		if got := place(positions.Span(v.LookupPath(cue.ParsePath("x")).Pos())); got != want && got != want+"-1:2" {
			t.Errorf("%s is at %q, want %q", name, got, want)
		}
	}
}

func TestPathString(t *testing.T) {
	for _, tt := range []struct {
		path []string
		want string
	}{
		{nil, ""},
		{[]string{"stages", "a", "steps", "3", "run"}, "stages.a.steps[3].run"},
		{[]string{"0", "x"}, "0.x"},
		{[]string{"axes", "cuda", `"12.9"`, "version"}, `axes.cuda."12.9".version`},
		{[]string{"x", "1", "2"}, "x[1][2]"},
		{[]string{"#Thing", "_hidden"}, "#Thing._hidden"},
	} {
		if got := PathString(tt.path); got != tt.want {
			t.Errorf("%q is %s, want %s", tt.path, got, tt.want)
		}
	}
}

func TestFieldNames(t *testing.T) {
	v, _ := read(t, map[string]string{"schema/schema.cue": schema, "a.cue": `package p
x: {a: 1, b?: 2, c!: 3, _d: 4, #e: 5, ["f"]: 6, [=~"g"]: 7}
`})
	if got, want := fmt.Sprint(slices.Sorted(slices.Values(FieldNames(v.LookupPath(cue.ParsePath("x")))))), "[a b c f]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := FieldNames(v.LookupPath(cue.ParsePath("y"))); len(got) > 0 {
		t.Errorf("nothing has the fields %v", got)
	}
}

// Errors that are not CUE's pass as they are, and those of its parser are found
// in the file that they are about.
func TestOtherErrors(t *testing.T) {
	_, positions := read(t, map[string]string{"a.cue": "package p\n"})
	got := describe(positions.Convert(errors.New("disk on\nfire"), cue.Value{}, diag.CodeLoad))
	if want := " cue-load: disk on fire"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	wrapped := cueerrors.Wrapf(errors.New("on fire"), token.NoPos, "disk %d is", 3)
	got = describe(positions.Convert(wrapped, cue.Value{}, diag.CodeLoad))
	if want := " cue-load: disk 3 is: on fire"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	_, err := parser.ParseFile(filepath.Join(root(), "a.cue"), "package p\n\nx: [1, 2\ny: }\n")
	got = describe(positions.Convert(err, cue.Value{}, diag.CodeSyntax))
	if want := "a.cue:4:2 cue-syntax: missing ',' in list literal"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// One Positions serves all goroutines.
func TestTogether(t *testing.T) {
	v, positions := read(t, map[string]string{"schema/schema.cue": schema, "a.cue": user})
	pos := v.LookupPath(cue.ParsePath("things.second.name")).Pos()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got, want := place(positions.Span(pos)), "a.cue:6:9-6:12"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	group.Wait()
}
