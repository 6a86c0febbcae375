package resolve

import (
	"fmt"
	"path"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// exports checks that a stage copies and mounts only what other stages offer.
func (r *resolver) exports(name string) {
	for _, step := range r.reached[name].stage.Steps {
		switch i := step.Instruction.(type) {
		case dockerfile.Copy:
			for k, src := range i.Sources {
				r.exported(i.From, src, step.Origin, fmt.Sprintf("copy.src[%d]", k), name)
			}
		case dockerfile.Run:
			for k, m := range i.Mounts {
				field := fmt.Sprintf("mounts[%d].source", k)
				if m.Source == "" {
					field = fmt.Sprintf("mounts[%d].from", k)
				}
				r.exported(m.From, m.Source, step.Origin, field, name)
			}
		}
	}
}

// exported reports a path that a stage which declares exports does not offer.
func (r *resolver) exported(from, src string, o dockerfile.Origin, field, name string) {
	n := r.reached[from]
	if n == nil || n.stage.Exports == nil {
		return
	}
	prefix := literalPrefix(src)
	var offered []string
	for _, e := range n.stage.Exports {
		clean := path.Clean("/" + e.Path)
		if prefix == clean || clean == "/" || strings.HasPrefix(prefix, clean+"/") {
			return
		}
		offered = append(offered, e.Path)
	}
	help := fmt.Sprintf("stage %q exports %s; add to its `exports` what others are to see", from, strings.Join(offered, ", "))
	if len(offered) == 0 {
		help = fmt.Sprintf("stage %q exports nothing; add to its `exports` what others are to see", from)
	}
	r.report(diag.CodeNotExported, o, field,
		fmt.Sprintf("stage %q copies %s from %q, which does not export it", name, path.Clean("/"+src), from), help)
}

// literalPrefix is what is certain of a path: all before the first wildcard or
// expansion, cleaned.
func literalPrefix(p string) string {
	if i := strings.IndexAny(p, "*?[$"); i >= 0 {
		p = p[:i]
	}
	return path.Clean("/" + p)
}
