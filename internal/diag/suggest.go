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
		// Of short names, everything is near.
		length := max(utf8.RuneCountInString(name), utf8.RuneCountInString(candidate))
		if d < distance && d < length*2/3 {
			best, distance = candidate, d
		}
	}
	return best
}

// DidYouMean is a help line that names the nearest known name, "" without one.
func DidYouMean(name string, known []string) string {
	if nearest := Nearest(name, known); nearest != "" {
		return "did you mean " + strconv.Quote(nearest) + "?"
	}
	return ""
}
