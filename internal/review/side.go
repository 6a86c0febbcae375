// Package review says what a change of the sources does to the images: which
// Dockerfiles there are more or fewer, what changes in those that stay, and what
// builds have to do again. It compares plain data of two states.
package review

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/index"
)

// A Variant is a Dockerfile in one of two states.
type Variant struct {
	Stack string
	// Path is below generated/.
	Path string
	// Values are those of the axes, sorted by axis.
	Values []dockerfile.Pair
	Text   string
	// Known is whether there is an index, which tells about targets.
	Known   bool
	Targets []Target
}

// A Target is an image in one of two states.
type Target struct {
	Name            string
	Tags, Platforms []string
}

// Name is the values of the axes: "cuda=13.0 os=debian12".
func (v Variant) Name() string {
	words := make([]string, len(v.Values))
	for i, value := range v.Values {
		words[i] = value.Name + "=" + value.Value
	}
	return strings.Join(words, " ")
}

// Generated reads from the first lines of a Dockerfile which stack and which
// variant it is of. It is false for one that Stagecue did not write.
func Generated(path, text string) (Variant, bool) {
	v := Variant{Path: path, Text: text}
	stack, values, ok := header.Stack(text)
	v.Stack = stack
	for _, word := range strings.Fields(values) {
		axis, value, _ := strings.Cut(word, "=")
		v.Values = append(v.Values, dockerfile.Pair{Name: axis, Value: value})
	}
	sortValues(v.Values)
	return v, ok
}

// Tell adds to a variant what an index says of it.
func (v *Variant) Tell(x *index.Index) {
	entry := x.Variant(v.Path)
	if entry == nil {
		return
	}
	v.Known = true
	v.Values = nil
	for axis, value := range entry.Values {
		v.Values = append(v.Values, dockerfile.Pair{Name: axis, Value: value})
	}
	sortValues(v.Values)
	for _, t := range entry.Targets {
		v.Targets = append(v.Targets, Target{t.Name, t.Tags, t.Platforms})
	}
}

func sortValues(values []dockerfile.Pair) {
	slices.SortFunc(values, func(a, b dockerfile.Pair) int { return strings.Compare(a.Name, b.Name) })
}
