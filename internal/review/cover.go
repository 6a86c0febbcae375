package review

import (
	"fmt"
	"slices"
	"strings"
)

// cover are selections that come to just these variants. If one does not do,
// they are divided by the axis that leads to the fewest parts of which one will
// not do either.
func (u *universe) cover(some []Variant, axes []string) []string {
	if words, ok := u.selection(some); ok {
		if len(some) > 1 {
			words += fmt.Sprintf(" (%d)", len(some))
		}
		return []string{words}
	}
	best, fewest, by := -1, 0, ""
	for _, axis := range axes {
		parts := u.split(some, axis)
		if len(parts) == 1 {
			continue
		}
		bad := 0
		for _, part := range parts {
			if _, ok := u.selection(part); !ok {
				bad++
			}
		}
		if best < 0 || bad < best || bad == best && len(parts) < fewest {
			best, fewest, by = bad, len(parts), axis
		}
	}
	if by == "" {
		// Variants that are the same for all that is known of them.
		var out []string
		for _, v := range some {
			out = append(out, v.Path)
		}
		return out
	}
	var out []string
	for _, part := range u.split(some, by) {
		out = append(out, u.cover(part, axes)...)
	}
	return out
}

// split divides variants by their values of an axis. Values that go with the
// same of the other axes stay together.
func (u *universe) split(some []Variant, axis string) [][]Variant {
	var out [][]Variant
	seen := map[string]int{}
	for _, name := range u.valuesOf(some, axis) {
		var part []Variant
		var others []string
		for _, v := range some {
			if value(v, axis) != name {
				continue
			}
			part = append(part, v)
			words := make([]string, len(u.axes))
			for n, other := range u.axes {
				if other != axis {
					words[n] = value(v, other)
				}
			}
			others = append(others, strings.Join(words, " "))
		}
		slices.Sort(others)
		key := strings.Join(others, "\n")
		if i, ok := seen[key]; ok {
			out[i] = append(out[i], part...)
			continue
		}
		seen[key] = len(out)
		out = append(out, part)
	}
	return out
}

// selection is the shortest axis=value,value... for just these variants, if
// there is one: no others have values of theirs in all axes.
func (u *universe) selection(some []Variant) (string, bool) {
	allowed := map[string][]string{}
	for _, axis := range u.axes {
		allowed[axis] = u.valuesOf(some, axis)
	}
	fits := func() bool {
		n := 0
		for _, v := range u.variants {
			if u.allows(allowed, v) {
				n++
			}
		}
		return n == len(some)
	}
	if !fits() {
		return "", false
	}
	// An axis without which it says the same is left out. The last are tried
	// first, but those that say much stay longest.
	order := slices.Clone(u.axes)
	slices.SortStableFunc(order, func(a, b string) int { return len(allowed[b]) - len(allowed[a]) })
	for _, axis := range order {
		values := allowed[axis]
		if delete(allowed, axis); !fits() {
			allowed[axis] = values
		}
	}
	var words []string
	for _, axis := range u.axes {
		if values, ok := allowed[axis]; ok {
			words = append(words, axis+"="+strings.Join(values, ","))
		}
	}
	return strings.Join(words, " "), true
}

func (u *universe) allows(allowed map[string][]string, v Variant) bool {
	for axis, values := range allowed {
		if !slices.Contains(values, value(v, axis)) {
			return false
		}
	}
	return true
}
