package images

import (
	"fmt"
	"slices"

	"stagecue.dev/internal/dockerfile"
)

// appendCopied adds the images that a stage takes files of, each once. BuildKit
// expands nothing there, so what is written is the image.
func appendCopied(out []Base, s dockerfile.Stage) []Base {
	first := len(out)
	add := func(use, ref string, at dockerfile.Origin, field string) {
		seen := func(b Base) bool { return b.Use != builtFrom && b.Ref == ref }
		if IsImage(ref) && !slices.ContainsFunc(out[first:], seen) {
			out = append(out, Base{Stage: s.Name, Use: use, From: ref, Ref: ref, Origin: at, Field: field})
		}
	}
	for _, step := range s.Steps {
		switch i := step.Instruction.(type) {
		case dockerfile.Copy:
			add("copies from", i.From, step.Origin, "copy.from")
		case dockerfile.Run:
			for n, m := range i.Mounts {
				add("mounts files of", m.From, step.Origin, fmt.Sprintf("mounts[%d].from", n))
			}
		}
	}
	return out
}
