package inputs

import (
	"slices"

	"github.com/moby/patternmatcher"
)

// Matcher tells whether a path of the context is what one of some patterns
// matches, or lies below that. It is for one goroutine. Patterns of a Source are
// sound; of any that is not, an error tells.
func Matcher(patterns []string) (func(path string) bool, error) {
	if slices.Contains(patterns, Everything) {
		return func(string) bool { return true }, nil
	}
	m, err := patternmatcher.New(patterns)
	if err != nil {
		return nil, err
	}
	return func(path string) bool {
		found, err := m.MatchesOrParentMatches(path)
		return found || err != nil
	}, nil
}
