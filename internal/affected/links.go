package affected

import (
	"path"
	"strings"

	"stagecue.dev/internal/index"
)

// maxLinks is how many links one path may lead through.
const maxLinks = 40

// way is where a path of the module leads to.
type way struct {
	// to is what the path comes to in the end; "." is the root of the module.
	to string
	// links are those that it leads through.
	links []string
	// outside is whether it leads out of the module, where no change can be seen.
	outside bool
}

// follow walks down a path and on where symbolic links lead.
func (r *run) follow(name string) way {
	name = path.Clean(name)
	if known, ok := r.ways[name]; ok {
		return known
	}
	w := r.walk(name)
	r.ways[name] = w
	return w
}

func (r *run) walk(name string) way {
	w := way{to: name}
	for len(w.links) <= maxLinks {
		link, target := r.link(w.to)
		if link == "" {
			return w
		}
		w.links = append(w.links, link)
		w.to = path.Join(path.Dir(link), target, strings.TrimPrefix(w.to, link))
		if path.IsAbs(target) || w.to == ".." || strings.HasPrefix(w.to, "../") {
			break
		}
	}
	w.outside = true
	return w
}

// link is the first symbolic link that a path leads through, and its target;
// empty if there is none.
func (r *run) link(name string) (link, target string) {
	for i := range name + "/" {
		if i < len(name) && name[i] != '/' {
			continue
		}
		if to, ok := r.Readlink(name[:i]); ok {
			return name[:i], to
		}
	}
	return "", ""
}

// places are the directories that the files of a context are found in: its own,
// and that which it leads to.
func (r *run) places(context string) []string {
	w := r.follow(context)
	if w.outside || w.to == context {
		return []string{context}
	}
	return []string{context, w.to}
}

// passes are the paths that are looked at when a file is read: its own, the links
// on the way, and what it leads to.
func (r *run) passes(name string) []string {
	w := r.follow(name)
	out := append([]string{name}, w.links...)
	if w.outside {
		return out
	}
	return append(out, w.to)
}

// address is where the context of a variant is that lies outside of the module;
// empty if it does not.
func (r *run) address(v *index.Variant) string {
	if v.Context.External != "" {
		return v.Context.External
	}
	if r.follow(v.Context.Directory).outside {
		return v.Context.Directory + ", by a symbolic link"
	}
	return ""
}
