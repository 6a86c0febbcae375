package inputs

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// links are what a stage refers to, as far as its text tells.
type links struct {
	// names are what its steps copy or mount from.
	names []string
	// base is whether the platform decides what it is FROM, platforms whether it
	// decides about anything that is read.
	base, platforms bool
	// triggers is whether it has ONBUILD that reads the build context.
	triggers bool
}

func newLinks(s *dockerfile.Stage) *links {
	l := &links{base: mentionsPlatform(s.From)}
	l.platforms = l.base
	for _, step := range s.Steps {
		switch i := step.Instruction.(type) {
		case dockerfile.Copy:
			if i.From != "" {
				l.names = add(l.names, i.From)
			}
		case dockerfile.Run:
			for _, m := range i.Mounts {
				if m.From != "" {
					l.names = add(l.names, m.From)
				}
			}
		}
		for _, r := range read(step) {
			l.platforms = l.platforms || mentionsPlatform(r.word)
			l.triggers = l.triggers || r.trigger
		}
	}
	return l
}

func mentionsPlatform(word string) bool {
	if !strings.Contains(word, "$") {
		return false
	}
	parts, err := dockerfile.ParseWord(word)
	return err == nil && slices.ContainsFunc(dockerfile.Names(parts), dockerfile.IsPlatformArg)
}
