package resolve

import (
	"maps"
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// environment are the names in the environment of a build. It is not changed
// once it is made.
type environment struct {
	names map[string]bool
	// key tells it from others.
	key string
}

func newEnvironment(names map[string]bool) environment {
	return environment{names, strings.Join(slices.Sorted(maps.Keys(names)), " ")}
}

// environment is what a stage's base has in its environment, as far as the
// stack tells: PATH, what the stages below set, and what images are said to
// set. Of bases that depend on the platform, it is what all of them have. The
// stages below come before it, so theirs are known.
func (r *resolver) environment(n *node) environment {
	bases := r.bases(n)
	if len(bases) == 1 && !n.onImage && len(n.stage.InheritedEnv) == 0 {
		return bases[0].declared.env
	}
	names := map[string]bool{"PATH": true}
	for _, name := range n.stage.InheritedEnv {
		names[name] = true
	}
	if n.onImage {
		bases = nil
	}
	count := map[string]int{}
	for _, base := range bases {
		for name := range base.declared.env.names {
			if count[name]++; count[name] == len(bases) {
				names[name] = true
			}
		}
	}
	return newEnvironment(names)
}

// setEnv adds the names that an instruction sets.
func setEnv(env map[string]bool, i dockerfile.Instruction) {
	if set, ok := i.(dockerfile.Env); ok {
		for _, p := range set.Pairs {
			env[p.Name] = true
		}
	}
}
