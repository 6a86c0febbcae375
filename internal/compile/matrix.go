package compile

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/support"
)

// A StackMatrix is the support matrix of one stack, to be shown and asked.
type StackMatrix struct {
	Support *support.Matrix
	matrix  *matrix.Matrix
	module  *load.Module
	stack   *load.Stack
	builder *load.Builder
	// evaluator is made when the first path is asked for.
	evaluator *evaluate.Evaluator
}

// Matrices reads the matrices of stacks, of all if none is named. No stage is
// evaluated for that.
func Matrices(module *load.Module, names []string) ([]*StackMatrix, diag.List) {
	stacks, list := module.Load(names)
	var out []*StackMatrix
	for _, s := range stacks {
		builder := s.Builder()
		if broken := builder.Validate(); len(broken) > 0 {
			list = append(list, broken...)
			continue
		}
		m, found := readMatrix(builder, module.Positions)
		if list = append(list, found...); found.Errors() > 0 {
			continue
		}
		if d := m.Shown(); d != nil {
			list = append(list, *d)
			continue
		}
		sm := &StackMatrix{matrix: m, module: module, stack: s, builder: builder}
		sm.Support = supportMatrix(s.Name, m)
		sm.Support.Path = sm.path
		for i, a := range m.Axes {
			for j, v := range a.Values {
				facts := map[string]any{}
				if err := v.CUE.Decode(&facts); err != nil {
					list = append(list, module.Positions.Convert(err, builder.Whole(), diag.CodeEvaluation)...)
				}
				sm.Support.Axes[i].Values[j].Facts = facts
			}
		}
		out = append(out, sm)
	}
	return out, list.Sorted()
}

// path is where the Dockerfile of a variant is, "" if its plan has errors: vet
// is there to tell about those.
func (s *StackMatrix) path(values []int) string {
	if s.evaluator == nil {
		e, list := evaluate.New(s.builder, evaluate.NewMemo(s.matrix), s.module.Positions)
		if len(list) > 0 {
			return ""
		}
		s.evaluator = e
	}
	plan, list := s.evaluator.Fill(s.matrix.Variant(values)).Plan()
	if len(list) > 0 {
		return ""
	}
	return s.stack.Name + "/" + plan.Path + "/Dockerfile"
}

// A Verdict is what the rules make of one combination.
type Verdict struct {
	// Variant lists the values: "cuda=13.0 os=ubuntu24.04".
	Variant string
	// Path is where its Dockerfile is, if it is supported.
	Path    string
	Reasons []Reason
	// Instead are values of one axis with which it would be supported, as
	// axis=value.
	Instead []string
}

// A Reason is a rule that rejects a combination, with the values that it would
// allow for the axes that it looks at, the others as they are.
type Reason struct {
	Rule    matrix.Rule
	Allowed []string
}

// Why judges the combination that selectors name. They must name every axis
// that has several values.
func (s *StackMatrix) Why(selectors []matrix.Selector) (Verdict, diag.List) {
	at, list := s.matrix.Find(selectors)
	if len(list) > 0 {
		return Verdict{}, list
	}
	verdict := Verdict{Variant: s.matrix.Variant(at).String()}
	rules := s.matrix.Rules()
	rejected := s.matrix.Rejected(at)
	if len(rejected) == 0 {
		verdict.Path = s.path(at)
		return verdict, nil
	}
	for _, r := range rejected {
		reason := Reason{Rule: rules[r]}
		for i, axis := range s.matrix.Axes {
			if allowed := s.matrix.Allowed(r, i, at); allowed != nil {
				reason.Allowed = append(reason.Allowed, oneOf(axis.Name, allowed))
			}
		}
		verdict.Reasons = append(verdict.Reasons, reason)
	}
	for i, axis := range s.matrix.Axes {
		for j, v := range axis.Values {
			other := slices.Clone(at)
			other[i] = j
			if len(s.matrix.Rejected(other)) == 0 {
				verdict.Instead = append(verdict.Instead, axis.Name+"="+v.Name)
			}
		}
	}
	return verdict, nil
}

// oneOf says which values an axis could have.
func oneOf(axis string, values []string) string {
	if len(values) == 0 {
		return fmt.Sprintf("no value of %s", axis)
	}
	return fmt.Sprintf("%s in {%s}", axis, strings.Join(values, ", "))
}

// Selectors are the axis=value words of a stack, for the shell to complete.
func (s *StackMatrix) Selectors() []string {
	var out []string
	for _, a := range s.matrix.Axes {
		for _, v := range a.Values {
			out = append(out, a.Name+"="+v.Name)
		}
	}
	return out
}

// Narrow limits what is shown to the combinations that selectors fit.
func (s *StackMatrix) Narrow(selectors []matrix.Selector) diag.List {
	if len(selectors) == 0 {
		return nil
	}
	fixed, list := s.matrix.Fixed(selectors)
	if len(list) > 0 {
		return list
	}
	all := s.matrix.All()
	s.Support.Combinations = func(yield func([]int, []int) bool) {
		for values, rejected := range all {
			fits := true
			for i, j := range fixed {
				fits = fits && values[i] == j
			}
			if fits && !yield(values, rejected) {
				return
			}
		}
	}
	return nil
}
