package affected

import (
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"stagecue.dev/internal/git"
)

// lists sorts the changes by what the module says of files: some concern all
// images, others none. What is on both lists concerns all.
func (r *run) lists() {
	for _, c := range r.Changes {
		if matches(r.Input.Always, c, true) {
			r.always = append(r.always, Cause{Kind: Always, Path: c.Path, Change: c.Kind})
		}
		if !matches(r.Ignore, c, false) {
			r.changes = append(r.changes, c)
		}
	}
}

// matches tells whether a change is what one of some patterns is about. Of a
// directory of which nobody knows what has changed in it, all of it must be, or
// any of it may be.
func matches(patterns []string, c git.Change, may bool) bool {
	for _, p := range patterns {
		switch {
		case !c.Directory:
			if doublestar.MatchUnvalidated(p, c.Path) {
				return true
			}
		case doublestar.MatchUnvalidated(p, c.Path+"/a/b"):
			return true
		case may:
			base, _ := doublestar.SplitPattern(p)
			if base == "." || strings.HasPrefix(base+"/", c.Path+"/") || strings.HasPrefix(c.Path+"/", base+"/") {
				return true
			}
		}
	}
	return false
}
