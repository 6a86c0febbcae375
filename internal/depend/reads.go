package depend

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
)

// A Read is a fact of an axis that is read, or all of its facts: Fact is empty.
type Read struct{ Axis, Fact string }

// AllReads are the facts that a part reads, together with the constants that it
// is given, sorted. It is false if one of those is not monotonic.
func (p Part) AllReads() ([]Read, bool) {
	all := map[Read]bool{}
	ok := p.read(all, map[*Constant]bool{})
	return sorted(all), ok
}

func (p Part) read(all map[Read]bool, seen map[*Constant]bool) bool {
	ok := p.Monotonic
	for _, r := range p.Reads {
		all[r] = true
	}
	if p.Guard != nil {
		ok = p.Guard.Part.read(all, seen) && ok
	}
	for _, c := range p.Constants {
		if !seen[c] {
			seen[c] = true
			ok = c.Part.read(all, seen) && ok
		}
	}
	return ok
}

// Union are the reads of some lists, sorted.
func Union(lists ...[]Read) []Read {
	all := map[Read]bool{}
	for _, list := range lists {
		for _, r := range list {
			all[r] = true
		}
	}
	return sorted(all)
}

// sorted are reads in order, without those of facts of axes of which all facts
// are read.
func sorted(reads map[Read]bool) []Read {
	var out []Read
	for r := range reads {
		if r.Fact == "" || !reads[Read{r.Axis, ""}] {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Read) int {
		return cmp.Or(cmp.Compare(a.Axis, b.Axis), cmp.Compare(a.Fact, b.Fact))
	})
	return out
}

// shape is short, since it is part of keys.
func (p Part) shape() string {
	sum := sha256.New()
	_, _ = fmt.Fprintln(sum, p.Monotonic)
	for _, r := range p.Reads {
		_, _ = fmt.Fprintf(sum, "%q %q\n", r.Axis, r.Fact)
	}
	for _, c := range p.Constants {
		_, _ = io.WriteString(sum, "\n"+c.Key()+c.Part.Shape)
	}
	if p.Guard != nil {
		_, _ = io.WriteString(sum, "\n"+p.Guard.Condition+p.Guard.Part.Shape)
	}
	return string(sum.Sum(nil)[:12])
}
