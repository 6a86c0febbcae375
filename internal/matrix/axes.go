// Package matrix finds the supported combinations of a stack's axes: the
// variants. It knows nothing of stages.
package matrix

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"github.com/maruel/natural"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
)

// An Axis is one dimension of the matrix.
type Axis struct {
	Name string
	// Values are in natural order: "9" before "10".
	Values []Value
	// value is the axis in CUE.
	value cue.Value
}

// A Value is one value of an axis, with its facts.
type Value struct {
	Name string
	CUE  cue.Value
	// known is the value as constraints look at it, while the matrix is made.
	known *known
}

// An Entry is an entry of rules or guarantees, evaluated by itself with some
// axes filled in, in the context of the stack; of is its path in the stack. It is
// false if that cannot be done.
type Entry func(of []string, chosen []Chosen) (entry cue.Value, ok bool)

// A Matrix is the axes of a stack with the rules on their combinations.
type Matrix struct {
	// Axes are in natural order of their names.
	Axes []Axis

	root       cue.Value
	empty      cue.Value
	entry      Entry
	positions  *cuediag.Positions
	rules      []*rule
	guarantees []*guarantee
	// topLevels are the fields of the package, once one of them is asked for.
	topLevels map[string]cue.Value
}

// New reads axes, rules and guarantees of a stack. With errors in the list,
// the matrix cannot be used. entry, which may be nil, saves evaluating the whole
// stack for a rule that reads the variant.
func New(root cue.Value, positions *cuediag.Positions, entry Entry) (*Matrix, diag.List) {
	m := &Matrix{root: root, empty: root.Context().BuildExpr(&ast.StructLit{}), entry: entry, positions: positions}
	if list := m.readAxes(); len(list) > 0 {
		return nil, list
	}
	list := m.readRules()
	list = append(list, m.readGuarantees()...)
	return m, list
}

func (m *Matrix) readAxes() diag.List {
	axes := m.root.LookupPath(path("axes"))
	if !axes.Exists() {
		return nil
	}
	if err := axes.Validate(cue.Concrete(true)); err != nil {
		return m.positions.Convert(err, m.root, diag.CodeEvaluation)
	}
	var list diag.List
	fields, err := axes.Fields()
	if err != nil {
		return m.positions.Convert(err, m.root, diag.CodeEvaluation)
	}
	for fields.Next() {
		axis := Axis{Name: fields.Selector().Unquoted(), value: fields.Value()}
		values, err := axis.value.Fields()
		if err != nil {
			list = append(list, m.positions.Convert(err, m.root, diag.CodeEvaluation)...)
			continue
		}
		for values.Next() {
			axis.Values = append(axis.Values, Value{Name: values.Selector().Unquoted(), CUE: values.Value(), known: &known{value: values.Value()}})
		}
		if len(axis.Values) == 0 {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeEmptyAxis, Severity: diag.Error,
				Span:    m.positions.Label(axis.value, axis.Name),
				Message: fmt.Sprintf("the axis %q has no value, so there is no combination at all", axis.Name),
				Help:    "give it a value, or remove the axis",
			})
			continue
		}
		slices.SortFunc(axis.Values, func(a, b Value) int { return byName(a.Name, b.Name) })
		list = append(list, m.checkFacts(axis)...)
		m.Axes = append(m.Axes, axis)
	}
	slices.SortFunc(m.Axes, func(a, b Axis) int { return byName(a.Name, b.Name) })
	return list
}

// byName is the natural order, in which "1.2-a" and "1.02-a" are equal by
// themselves.
func byName(a, b string) int { return cmp.Or(natural.Compare(a, b), strings.Compare(a, b)) }

// checkFacts reports values of an axis that lack facts which others carry:
// stage code that reads such a fact would fail for some variants only.
func (m *Matrix) checkFacts(axis Axis) diag.List {
	carriers := map[string][]string{}
	facts := make([][]string, len(axis.Values))
	for i, v := range axis.Values {
		facts[i] = cuediag.FieldNames(v.CUE)
		for _, name := range facts[i] {
			carriers[name] = append(carriers[name], v.Name)
		}
	}
	type gap struct {
		value Value
		// fact is what the value lacks, near what it alone has instead.
		fact, near string
	}
	var gaps []gap
	misspelt := map[string]bool{}
	for i, v := range axis.Values {
		own := slices.DeleteFunc(facts[i], func(name string) bool { return len(carriers[name]) > 1 })
		for _, name := range slices.Sorted(maps.Keys(carriers)) {
			if !slices.Contains(carriers[name], v.Name) {
				near := diag.Nearest(name, own)
				gaps = append(gaps, gap{v, name, near})
				misspelt[near] = misspelt[near] || len(carriers[name]) > 1
			}
		}
	}
	var list diag.List
	for _, g := range gaps {
		if misspelt[g.fact] {
			continue // one finding, about the value that says it wrong
		}
		d := diag.Diagnostic{
			Code: diag.CodeUnevenFacts, Severity: diag.Error,
			Span:    m.positions.Label(g.value.CUE, g.value.Name),
			Message: fmt.Sprintf("the value %q of axis %q lacks the fact %q, which %q has", g.value.Name, axis.Name, g.fact, carriers[g.fact][0]),
			Help:    fmt.Sprintf("if it does not apply here, say `%s: null`", g.fact),
		}
		if g.near != "" {
			d.Help = fmt.Sprintf("did you mean %q where it says %q?", g.fact, g.near)
		}
		list = append(list, d)
	}
	return list
}
