// Package support shows a support matrix: as a table for people, as Markdown
// for a page, as JSON for programs. It works on plain data.
package support

import (
	"iter"

	"stagecue.dev/internal/source"
)

// A Matrix is the axes of a stack, its rules, and what they make of each
// combination.
type Matrix struct {
	Stack string
	Axes  []Axis
	Rules []Rule
	// Combinations are all of them, in order: the index of a value for each
	// axis, and the indexes of the rules that reject it. Both slices are only
	// good until the next step.
	Combinations iter.Seq2[[]int, []int]
	// Path is where the Dockerfile of a supported combination is, below
	// generated/; nil where paths are not wanted.
	Path func(values []int) string
	// Rejects tells whether one rule rejects a combination, of which only the
	// axes that it looks at count.
	Rejects func(rule int, values []int) bool
}

// An Axis is one dimension.
type Axis struct {
	Name   string  `json:"name"`
	Values []Value `json:"values"`
}

// A Value is one value of an axis, with its facts as CUE decodes them.
type Value struct {
	Name  string         `json:"name"`
	Facts map[string]any `json:"facts"`
}

// A Rule is a reason to reject combinations.
type Rule struct {
	Name    string      `json:"name"`
	Because string      `json:"because"`
	See     string      `json:"see,omitempty"`
	Span    source.Span `json:"span"`
	// Axes are the indexes of the axes that it looks at, in order.
	Axes []int `json:"-"`
}

// named are the values of a combination by axis.
func (m *Matrix) named(values []int) map[string]string {
	out := make(map[string]string, len(values))
	for i, v := range values {
		out[m.Axes[i].Name] = m.Axes[i].Values[v].Name
	}
	return out
}
