package policy

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/errors"

	"stagecue.dev/internal/summary"
)

// fault is what is wrong with a fact.
type fault struct {
	path []string
	// what says it, behind the path.
	what string
	// absent is whether the fact is not known.
	absent bool
}

// arms puts the errors of a failed choice behind its headline together.
func arms(list []errors.Error) [][]errors.Error {
	var out [][]errors.Error
	for _, e := range list {
		if n := len(out); n > 0 && isHeadline(out[n-1][0]) && !isHeadline(e) {
			out[n-1] = append(out[n-1], e)
			continue
		}
		out = append(out, []errors.Error{e})
	}
	return out
}

func isHeadline(e errors.Error) bool {
	format, _ := e.Msg()
	return strings.HasSuffix(format, "errors in empty disjunction:")
}

// contradiction puts an error into words, that of a fact which a constraint
// does not allow. It is false for other errors: the policy itself is wrong.
func contradiction(group []errors.Error, n summary.Node) (string, bool) {
	if isHeadline(group[0]) && len(group) > 1 {
		return noneOf(group, n)
	}
	d, ok := wanted(group[0], n)
	return found(n) + d.String(), ok
}

// noneOf puts the errors of a choice into words.
func noneOf(group []errors.Error, n summary.Node) (string, bool) {
	var must []string
	for _, e := range group[1:] {
		d, ok := wanted(e, n)
		switch {
		case !ok:
			return "", false
		case d.words != "":
			// The policy says itself what it is when nothing fits.
			return found(n) + d.String(), true
		}
		if !slices.Contains(must, d.must) {
			must = append(must, d.must)
		}
	}
	if n.Data == nil {
		return "fits none of the alternatives", true
	}
	return found(n) + demand{must: strings.Join(must, ", or ")}.String(), true
}

// find is the node at a path, or the last one on the way to it.
func find(n summary.Node, path []string) summary.Node {
	for _, name := range path {
		if unquoted, err := strconv.Unquote(name); err == nil {
			name = unquoted
		}
		i, err := strconv.Atoi(name)
		switch inner, ok := n.Field(name); {
		case n.List && err == nil && i < len(n.Items):
			n = n.Items[i]
		case ok:
			n = inner
		default:
			return n
		}
	}
	return n
}

// found says what a fact is.
func found(n summary.Node) string {
	const limit = 60
	data, err := json.Marshal(n.Data)
	switch {
	case n.List:
		return fmt.Sprintf("has %d elements", len(n.Items))
	case err != nil || n.Data == nil || len(data) > limit:
		return "is not what is wanted"
	}
	return "is " + string(data)
}

// demand is what a constraint wants: something that a fact must, or something
// in the policy's own words.
type demand struct{ must, words string }

func (d demand) String() string {
	if d.words != "" {
		return ": " + d.words
	}
	return ", and must " + d.must
}

// wanted says what a fact should be. The formats are those of
// cuelang.org/go v0.17.1.
func wanted(e errors.Error, n summary.Node) (demand, bool) {
	format, args := e.Msg()
	text := func(i int) string { return strings.Join(strings.Fields(fmt.Sprint(args[i])), " ") }
	switch format {
	case "%s":
		return demand{words: text(0)}, true
	case "field not allowed":
		return demand{must: "not be there"}, true
	case "incompatible list lengths (%d and %d)":
		return demand{must: "have another number"}, true
	case "invalid value %v (out of bound %s)":
		return demand{must: bound(text(1))}, true
	case "conflicting values %s and %s", "conflicting values %s and %s (mismatched types %s and %s)":
		have, err := json.Marshal(n.Data)
		if err == nil && text(0) == string(have) {
			return demand{must: "be " + text(1)}, true
		}
		return demand{must: "be " + text(0)}, true
	}
	return demand{}, false
}

func bound(b string) string {
	for _, op := range []struct{ sign, words string }{{"=~", "match "}, {"!~", "not match "}, {"!=", "not be "}} {
		if value, ok := strings.CutPrefix(b, op.sign); ok {
			return op.words + value
		}
	}
	return "be " + b
}
