package support

import (
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/plain"
)

const (
	// maxDecided is how many choices of the axes that a rule looks at are tried.
	maxDecided = 20_000
	// maxTerms is how many are named one by one.
	maxTerms = 6
)

// rejections is a line of Markdown for each rule that rejects something: its
// reason, and which values it rejects. Rules that have a number in a table come
// first, with it.
func (m *Matrix) rejections(numbered []Rule) []string {
	var out []string
	for i, r := range numbered {
		k := slices.IndexFunc(m.Rules, func(other Rule) bool { return other.Name == r.Name })
		if line, ok := m.rejection(k); ok {
			out = append(out, fmt.Sprintf("[%d] %s", i+1, line))
		}
	}
	for k, r := range m.Rules {
		if slices.ContainsFunc(numbered, func(other Rule) bool { return other.Name == r.Name }) {
			continue
		}
		if line, ok := m.rejection(k); ok {
			out = append(out, line)
		}
	}
	return out
}

// rejection is what one rule rejects and why, or nothing if it rejects nothing.
func (m *Matrix) rejection(rule int) (string, bool) {
	what, rejects := m.rejected(rule)
	if !rejects {
		return "", false
	}
	r := m.Rules[rule]
	line := fmt.Sprintf("**%s**: %s", plain.Markdown(r.Name), plain.Markdown(plain.Words(r.Because)))
	if r.See != "" {
		line += fmt.Sprintf(" (%s)", plain.Address(r.See))
	}
	if what != "" {
		line += ". Not with " + plain.Markdown(what)
	}
	return line + ".", true
}

// rejected says in words what a rule rejects, and whether it rejects anything.
// The words are empty where they would be too many.
func (m *Matrix) rejected(rule int) (string, bool) {
	axes := m.Rules[rule].Axes
	n := 1
	for _, a := range axes {
		if n *= len(m.Axes[a].Values); n > maxDecided {
			return "", true
		}
	}
	at := make([]int, len(m.Axes))
	terms := m.terms(rule, axes, at)
	if len(terms) == 0 {
		return "", false
	}
	if len(terms) > maxTerms {
		names := make([]string, len(axes))
		for i, a := range axes {
			names[i] = m.Axes[a].Name
		}
		return "many choices of " + strings.Join(names, ", "), true
	}
	return strings.Join(terms, "; nor with "), true
}

// terms are the choices of axes that a rule rejects, values that fare alike put
// together: "cuda 12.9, 13.0 and os alpine3.22".
func (m *Matrix) terms(rule int, axes []int, at []int) []string {
	if len(axes) == 0 {
		if m.Rejects(rule, at) {
			return []string{""}
		}
		return nil
	}
	axis := m.Axes[axes[0]]
	type group struct{ values, terms []string }
	var groups []group
	for i, v := range axis.Values {
		at[axes[0]] = i
		terms := m.terms(rule, axes[1:], at)
		if len(terms) == 0 {
			continue
		}
		g := slices.IndexFunc(groups, func(g group) bool { return slices.Equal(g.terms, terms) })
		if g < 0 {
			g, groups = len(groups), append(groups, group{terms: terms})
		}
		groups[g].values = append(groups[g].values, v.Name)
	}
	var out []string
	for _, g := range groups {
		here := axis.Name + " " + strings.Join(g.values, ", ")
		if len(g.values) == len(axis.Values) {
			here = "any " + axis.Name
		}
		for _, t := range g.terms {
			if t != "" {
				t = " and " + t
			}
			out = append(out, here+t)
		}
	}
	return out
}
