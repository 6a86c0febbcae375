package checks

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/summary"
)

// cacheUse is a mount of a cache.
type cacheUse struct {
	mount *dockerfile.Mount
	user  *summary.Text
	// run is the command, whose mount that is by its index.
	run   *dockerfile.Step
	index int
}

// at is where a field of the mount is.
func (u cacheUse) at(field string) summary.Place {
	return summary.Place{Origin: u.run.Origin, Field: fmt.Sprintf("mounts[%d].%s", u.index, field)}
}

// atStep is where the command is.
func (u cacheUse) atStep() summary.Place {
	run, _ := u.run.Instruction.(dockerfile.Run)
	return summary.Place{Origin: u.run.Origin, Field: form(run)}
}

// caches finds caches that two commands want in different ways. BuildKit knows a
// cache by its id alone: https://docs.docker.com/reference/dockerfile/#run---mounttypecache
func (c *checker) caches() {
	first := map[string]cacheUse{}
	for _, s := range c.Summary.Stages {
		for _, step := range s.Steps {
			run, ok := step.Instruction.(dockerfile.Run)
			if !ok {
				continue
			}
			for n := range run.Mounts {
				m := &run.Mounts[n]
				if m.Type != "cache" {
					continue
				}
				id := m.ID
				if id == "" {
					id = path.Clean(m.Target)
				}
				use := cacheUse{m, step.User, step.Step, n}
				if before, ok := first[id]; ok {
					c.conflicts(id, before, use)
				} else {
					first[id] = use
				}
			}
		}
	}
}

// conflicts compares a mount with the first of the same cache.
func (c *checker) conflicts(id string, first, use cacheUse) {
	if first.run.Origin == use.run.Origin && first.index == use.index {
		return // the same mount, on another platform
	}
	report := func(at func(cacheUse) summary.Place, here, there, reason, help string) {
		var related []diag.Related
		if span := c.at(at(first)); span != c.at(at(use)) {
			related = []diag.Related{{Span: span, Label: "the same cache is mounted here"}}
		}
		c.report(diag.CodeCacheConflict, diag.Warning, at(use),
			fmt.Sprintf("the cache %q is mounted %s here and %s before: %s", id, here, there, reason), help, related...)
	}
	if a, b := sharing(first.mount), sharing(use.mount); a != b {
		report(atSharing, "with sharing "+b, "with sharing "+a, "who mounts it as shared does not wait for who has locked it",
			"give both the same sharing mode: one definition of the mount for all steps does that")
	}
	if a, b := owner(first.mount), owner(use.mount); a != b {
		report(atOwner, "for "+b, "for "+a, "it belongs to whoever makes it first",
			"give both the same uid, gid and mode, or each an id of its own")
	}
	if differ(*first.user, *use.user) && !first.mount.ReadOnly && !use.mount.ReadOnly {
		report(cacheUse.atStep, "by the user "+use.user.Value, "by "+first.user.Value,
			"what one of them writes, the other may not be able to change", "give each user a cache of its own, by its id")
	}
}

// atSharing is where the sharing mode of a mount is said, or what it is the mode of.
func atSharing(u cacheUse) summary.Place {
	field := "target"
	switch {
	case u.mount.Sharing != "":
		field = "sharing"
	case u.mount.ID != "":
		field = "id"
	}
	return u.at(field)
}

// atOwner is where it is said for whom a mount is made, or what is made.
func atOwner(u cacheUse) summary.Place {
	field := "target"
	switch {
	case u.mount.UID != nil:
		field = "uid"
	case u.mount.GID != nil:
		field = "gid"
	case u.mount.Mode != "":
		field = "mode"
	case u.mount.ID != "":
		field = "id"
	}
	return u.at(field)
}

func sharing(m *dockerfile.Mount) string {
	if m.Sharing == "" {
		return "shared"
	}
	return m.Sharing
}

// owner is whom the directory of a cache is made for, with BuildKit's defaults.
func owner(m *dockerfile.Mount) string {
	number := func(n *int) int {
		if n == nil {
			return 0
		}
		return *n
	}
	mode := strings.TrimLeft(m.Mode, "0")
	if mode == "" {
		mode = "755"
	}
	return fmt.Sprintf("uid %d, gid %d, mode 0%s", number(m.UID), number(m.GID), mode)
}

// differ tells users that cannot be the same. A name and a number may be,
// unless one of them is root; what holds a variable may be anybody.
func differ(a, b summary.Text) bool {
	if !a.Known || !b.Known || strings.Contains(a.Value+b.Value, "$") {
		return false
	}
	nameA, rootA, numberA := identify(a.Value)
	nameB, rootB, numberB := identify(b.Value)
	return nameA != nameB && (rootA || rootB || numberA == numberB)
}

func identify(user string) (name string, root, number bool) {
	n, err := strconv.Atoi(user)
	switch {
	case user == "root", err == nil && n == 0:
		return "root", true, false
	case err == nil:
		return strconv.Itoa(n), false, true
	}
	return user, false, false
}
