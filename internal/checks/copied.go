package checks

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/summary"
)

// copied are files that come from the build context.
type copied struct {
	at summary.Place
	// dest is where they go, an absolute path.
	dest string
	// words are what something that uses the files would have to name: the
	// destination, what is above it, and the names of the sources.
	words *regexp.Regexp
}

// copyOf is the copy that a step is, if it goes to a place that programs look
// into only when they are told to, and nothing before it tells them: no
// variable, shell or command names the place, and no package manager has been
// configured by a file, whatever that says.
func copyOf(s *summary.Stage, n int) (copied, bool) {
	step := s.Steps[n]
	c := copied{at: summary.Place{Origin: step.Origin, Field: "copy"}}
	var sources []string
	dest := ""
	switch i := step.Instruction.(type) {
	case dockerfile.Copy:
		if i.From == "" {
			dest, sources = i.Dest, i.Sources
		}
	case dockerfile.Add:
		c.at.Field = "add"
		dest, sources = i.Dest, i.Sources
	}
	fixed := func(s string) bool { return !strings.ContainsAny(s, "$:") }
	if len(sources) == 0 || slices.ContainsFunc(sources, func(s string) bool { return !fixed(s) }) {
		return c, false
	}
	var ok bool
	if c.dest, ok = absolute(dest, step); !ok || isSystem(c.dest) || len(s.Chain) > 1 {
		// Of a stage that stands on another, the steps below are not looked at.
		return c, false
	}
	c.words = words(c.dest, sources)
	return c, !slices.ContainsFunc(s.Steps[:n], c.told)
}

// absolute is a destination as a path from the root, if it is certain.
func absolute(dest string, step summary.Step) (string, bool) {
	if !path.IsAbs(dest) {
		if !step.Workdir.Known {
			return "", false
		}
		dest = path.Join(step.Workdir.Value, dest)
	}
	return path.Clean(dest), path.IsAbs(dest) && !strings.Contains(dest, "$")
}

// isSystem tells places that programs look into without being told.
// https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch03.html
func isSystem(dest string) bool {
	top, _, _ := strings.Cut(strings.TrimPrefix(dest, "/"), "/")
	return slices.Contains([]string{
		"", "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "proc", "root",
		"run", "sbin", "sys", "usr", "var",
	}, top)
}

// words matches what names one of the places or sources.
func words(dest string, sources []string) *regexp.Regexp {
	var names []string
	for p := dest; p != "/"; p = path.Dir(p) {
		names = append(names, p, path.Base(p))
	}
	for _, s := range sources {
		if base := path.Base(path.Clean("/" + s)); base != "/" {
			names = append(names, base)
		}
	}
	for i, n := range names {
		names[i] = regexp.QuoteMeta(n)
	}
	return regexp.MustCompile(`(^|[^A-Za-z0-9_.-])(` + strings.Join(names, "|") + `)($|[^A-Za-z0-9_.-])`)
}

// told tells the steps by which programs may come to look for the files.
func (c copied) told(s summary.Step) bool {
	switch i := s.Instruction.(type) {
	case dockerfile.Copy:
		return isConfiguration(i.Dest, s)
	case dockerfile.Add:
		return isConfiguration(i.Dest, s)
	case dockerfile.Workdir, dockerfile.Label:
		return false
	}
	return c.words.MatchString(dockerfile.Text(s.Instruction))
}

// passes tells the steps that certainly have nothing to do with the files.
func (c copied) passes(s summary.Step) bool {
	if c.told(s) {
		return false
	}
	switch i := s.Instruction.(type) {
	case dockerfile.Run:
		return isInstall(s) && !(s.Workdir.Known && overlap(c.dest, s.Workdir.Value))
	case dockerfile.Copy:
		dest, ok := absolute(i.Dest, s)
		return ok && !overlap(c.dest, dest)
	case dockerfile.Add:
		dest, ok := absolute(i.Dest, s)
		return ok && !overlap(c.dest, dest)
	case dockerfile.Workdir:
		return !overlap(c.dest, s.Workdir.Value)
	case dockerfile.ArgUse, dockerfile.Env, dockerfile.Label, dockerfile.Shell, dockerfile.User:
		return true
	}
	return false
}

// isConfiguration tells where the files of package managers are.
func isConfiguration(dest string, s summary.Step) bool {
	dest, ok := absolute(dest, s)
	return !ok || dest == "/" || dest == "/etc" || strings.HasPrefix(dest, "/etc/")
}

// overlap tells whether one of two paths is the other or in it; the root, which
// everything is in, is in nobody's way.
func overlap(a, b string) bool {
	a, b = strings.TrimSuffix(a, "/")+"/", strings.TrimSuffix(b, "/")+"/"
	return b != "/" && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}
