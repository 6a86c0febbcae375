package evaluate

import (
	"crypto/sha256"
	"os"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"cuelang.org/go/cue"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/dockerfile"
)

// one keeps one thing.
type one struct{ data []byte }

func (o *one) Get([sha256.Size]byte) ([]byte, bool) { return o.data, o.data != nil }
func (o *one) Put(_ [sha256.Size]byte, data []byte) { o.data = data }

// through keeps a value, and returns what another process finds of it.
func through[T any](t *testing.T, value T) (T, bool) {
	t.Helper()
	k, err := NewKept(&one{})
	if err != nil {
		t.Fatal(err)
	}
	content := func() depend.Content { return depend.Content{} }
	Keep(k, "", content, func() (T, bool) { return value, true })
	found := true
	back, _ := Keep(k, "", content, func() (T, bool) {
		found = false
		return value, true
	})
	return back, found
}

// TestKeptInstructions keeps every field of every instruction: empty lists stay
// empty ones, and a pointer to nothing much stays one.
func TestKeptInstructions(t *testing.T) {
	source, err := os.ReadFile("../dockerfile/ir.go")
	if err != nil {
		t.Fatal(err)
	}
	// ARG is what resolve makes: no step is one.
	if all := regexp.MustCompile(`(?m)^func \(\w+\) Keyword\(\) string`).FindAll(source, -1); len(all) != len(instructions())+1 {
		t.Errorf("there are %d instructions, and %d are kept", len(all), len(instructions())+1)
	}
	for _, instruction := range instructions() {
		for _, how := range []func(v reflect.Value){func(reflect.Value) {}, fill, fillEmpty} {
			v := reflect.New(reflect.TypeOf(instruction)).Elem()
			how(v)
			filled := v.Interface().(dockerfile.Instruction)
			want := stepRun{Elements: 2, Steps: []dockerfile.Step{{Instruction: filled, Check: []string{}}, {Instruction: dockerfile.OnBuild{Instruction: filled}}}}
			if _, ok := filled.(dockerfile.OnBuild); ok {
				want.Steps = want.Steps[:1]
			}
			if got, found := through(t, want); !found || !reflect.DeepEqual(got, want) {
				t.Errorf("%#v comes back as %#v: %t", want, got, found)
			}
			stage := dockerfile.Stage{Steps: want.Steps, Exports: []dockerfile.Export{}}
			if got, found := through(t, stage); !found || !reflect.DeepEqual(got, stage) {
				t.Errorf("%#v comes back as %#v: %t", stage, got, found)
			}
		}
	}
	var plan dockerfile.Plan
	fill(reflect.ValueOf(&plan).Elem())
	if got, found := through(t, plan); !found || !reflect.DeepEqual(got, plan) {
		t.Errorf("%#v comes back as %#v: %t", plan, got, found)
	}
}

// fill gives every field some value.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("\x00é\u2028\"\n")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(-1 << 40)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Interface:
		v.Set(reflect.ValueOf(dockerfile.User{Name: "nobody"}))
	default:
		panic(v.Kind().String())
	}
}

// fillEmpty has lists that are empty, and pointers to zero.
func fillEmpty(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillEmpty(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	case reflect.Struct:
		for i := range v.NumField() {
			fillEmpty(v.Field(i))
		}
	case reflect.Interface:
		fill(v)
	}
}

// TestNotKept: what does not come back as it was is evaluated again.
func TestNotKept(t *testing.T) {
	if _, found := through(t, dockerfile.Plan{Path: "\xff"}); found {
		t.Error("a string that is no UTF-8 is kept")
	}
	k, err := NewKept(&one{data: []byte("nonsense")})
	if err != nil {
		t.Fatal(err)
	}
	got, ok := Keep(k, "", func() depend.Content { return depend.Content{} }, func() (string, bool) { return "new", true })
	if got != "new" || !ok {
		t.Errorf("%q, %t", got, ok)
	}
}

// TestPlainDatum: data has the same key, whether it was kept or not.
func TestPlainDatum(t *testing.T) {
	str := func(text string) datum { return scalarDatum(newScalar(cue.StringKind, text)) }
	for _, d := range []datum{
		str(""), str("a\x00"), scalarDatum(newScalar(cue.IntKind, "12345678901234567890")), scalarDatum(newScalar(cue.NullKind, "null")),
		datum{kind: cue.ListKind}.keyed(), datum{kind: cue.StructKind}.keyed(),
		datum{kind: cue.ListKind, elements: []datum{str("a"), datum{kind: cue.StructKind, labels: []string{"x"}, elements: []datum{str("b")}}.keyed()}}.keyed(),
	} {
		plain, found := through(t, d.plain())
		back := plain.datum()
		if !found || back.key != d.key || back.kind != d.kind || !slices.Equal(back.labels, d.labels) {
			t.Errorf("%#v comes back as %#v: %t", d, back, found)
		}
	}
}
