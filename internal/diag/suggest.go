package diag

import (
	"strconv"

	"github.com/agext/levenshtein"
)

// maxDistance is the number of edits up to which a name counts as a misspelt
// other one, the same as BuildKit's and HCL's.
const maxDistance = 3

// Nearest is the one of the known names that name is most likely a misspelling
// of, "" if there is none.
func Nearest(name string, known []string) string {
	best, distance := "", maxDistance
	for _, candidate := range known {
		d := levenshtein.Distance(name, candidate, nil)
		// Of short names, everything is three edits away.
		if d < distance && d < max(len(name), len(candidate))*2/3 {
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
