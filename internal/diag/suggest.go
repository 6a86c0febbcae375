package diag

import (
	"strconv"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

// maxDistance is the number of edits from which on a name does not count as a
// misspelt other one any more, the same as BuildKit's and HCL's.
const maxDistance = 3

// Nearest is the one of the known names that name is most likely a misspelling
// of, "" if there is none.
func Nearest(name string, known []string) string {
	best, distance := "", maxDistance
	for _, candidate := range known {
		d := levenshtein.Distance(name, candidate, nil)
		if swapped(name, candidate) {
			d = 1
		}
		// Of short names, everything is near.
		length := max(utf8.RuneCountInString(name), utf8.RuneCountInString(candidate))
		if d < distance && d < length*2/3 {
			best, distance = candidate, d
		}
	}
	return best
}

// swapped tells whether two neighbouring letters have changed places, which is
// two edits, but one slip.
func swapped(a, b string) bool {
	for i := 0; i+1 < len(a) && len(a) == len(b); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// DidYouMean is a help line that names the nearest known name, "" without one.
func DidYouMean(name string, known []string) string {
	if nearest := Nearest(name, known); nearest != "" {
		return "did you mean " + strconv.Quote(nearest) + "?"
	}
	return ""
}
