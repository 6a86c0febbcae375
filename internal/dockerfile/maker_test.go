package dockerfile

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A maker makes a File out of bytes, by reflection over the types of ir.go: no
// field of any instruction is out of its reach. Without bytes it takes the
// plausible values, so that a few bytes bend a few strings of a file that is
// fine otherwise, and most of what it makes gets past Validate.
type maker struct {
	kinds, shape []byte
	places       []place
	// closing puts instructions into their steps once their strings are bent.
	closing []func()
}

// A place is a string of the file.
type place struct {
	field string
	value *string
}

// makeFile makes a file with instructions of the given kinds, whose fields are
// as shape says, and has change do something to its strings.
func makeFile(kinds, shape []byte, change func([]place)) *File {
	f := &File{}
	m := &maker{kinds: kinds, shape: shape, places: make([]place, 0, 64)}
	m.fill(reflect.ValueOf(f).Elem(), "File", 0)
	change(m.places)
	// What stands in a trigger comes before the trigger.
	for _, put := range m.closing {
		put()
	}
	return f
}

// bendSome bends a few strings: which, how and by how much say the edits.
func bendSome(edits []byte) func([]place) {
	return func(places []place) {
		for len(edits) > 3 {
			p := places[(int(edits[0])<<8|int(edits[1]))%len(places)]
			*p.value, edits = bend(*p.value, edits[2:])
		}
	}
}

func (m *maker) next() int { return take(&m.shape) }

// take takes the first byte off, which is 0 where there is none.
func take(data *[]byte) int {
	if len(*data) == 0 {
		return 0
	}
	b := (*data)[0]
	*data = (*data)[1:]
	return int(b)
}

// unprinted are the fields of which Emit prints nothing.
var unprinted = []string{"Step.Origin", "Step.Described", "Stage.Origin", "Stage.Exports", "Stage.InheritedEnv", "Stage.Key", "Stage.Parent", "Run.Uses"}

// fill sets a field; index is its place in a list.
func (m *maker) fill(v reflect.Value, field string, index int) {
	switch v.Kind() {
	case reflect.String:
		if v.String() == "" {
			options := plausible(field)
			option := options[m.next()%len(options)]
			v.SetString(strings.ReplaceAll(option, "#", strconv.Itoa(index)))
		}
		m.places = append(m.places, place{field, v.Addr().Interface().(*string)})
	case reflect.Bool:
		v.SetBool(m.next()%8 == 7)
	case reflect.Int:
		v.SetInt(int64(m.next()) - 1)
	case reflect.Pointer:
		if m.next()%2 > 0 || field == "Healthcheck.Command" {
			v.Set(reflect.New(v.Type().Elem()))
			m.fill(v.Elem(), field, index)
		}
	case reflect.Slice:
		n := least(field) + m.next()%3
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			m.fill(v.Index(i), field, i)
		}
	case reflect.Interface:
		made := reflect.New(instructionTypes[take(&m.kinds)%len(instructionTypes)]).Elem()
		m.fill(made, field, index)
		m.closing = append(m.closing, func() { v.Set(made) })
	case reflect.Struct:
		left := m.leaveOut(v)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			inner := v.Type().Name() + "." + name
			if !slices.Contains(left, name) && !slices.Contains(unprinted, inner) {
				m.fill(v.Field(i), inner, index)
			}
		}
	default:
		panic("no way to fill " + field)
	}
}

// instructionTypes are the types of all instructions.
var instructionTypes = []reflect.Type{
	reflect.TypeFor[Run](), reflect.TypeFor[Copy](), reflect.TypeFor[Add](), reflect.TypeFor[ArgUse](), reflect.TypeFor[Env](),
	reflect.TypeFor[Label](), reflect.TypeFor[Workdir](), reflect.TypeFor[User](), reflect.TypeFor[Expose](), reflect.TypeFor[Volume](),
	reflect.TypeFor[StopSignal](), reflect.TypeFor[Shell](), reflect.TypeFor[Cmd](), reflect.TypeFor[Entrypoint](),
	reflect.TypeFor[Healthcheck](), reflect.TypeFor[OnBuild](),
}

// leaveOut chooses between fields that exclude one another. Once in a while it
// does not, and Validate has to see it.
func (m *maker) leaveOut(v reflect.Value) []string {
	var forms [][]string
	switch v.Interface().(type) {
	case Run:
		forms = [][]string{{"Script", "Exec"}, {"Shell", "Exec"}, {"Shell", "Script"}}
	case Copy, Add:
		forms = [][]string{{"Files"}, {"Sources", "From", "Checksum"}}
	case Command:
		forms = [][]string{{"Exec"}, {"Shell"}}
	case Healthcheck:
		forms = [][]string{nil, {"Interval"}, {"Command", "Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"}}
	case Mount:
		f := mountForms[m.next()%len(mountForms)]
		v.FieldByName("Type").SetString(f.kind)
		forms = [][]string{f.left}
	default:
		return nil
	}
	if n := m.next(); n < 252 {
		return forms[n%len(forms)]
	}
	return nil
}

// mountForms are the types of mounts with what they have no use for.
var mountForms = []struct {
	kind string
	left []string
}{
	{"bind", []string{"ID", "Sharing", "Mode", "Size", "Env", "UID", "GID", "Required"}},
	{"cache", []string{"Size", "Env", "Required"}},
	{"tmpfs", []string{"ID", "Source", "From", "Sharing", "Mode", "Env", "UID", "GID", "Required"}},
	{"secret", []string{"Source", "From", "Sharing", "Size"}},
	{"ssh", []string{"Source", "From", "Sharing", "Size", "Env"}},
}
