package ignore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

// maxLinks is how many links one path may lead through.
const maxLinks = 40

// directory is what a directory holds. Names are compared with those in it,
// since some file systems find a file by another spelling of its name, and
// builds elsewhere do not.
type directory struct {
	names []string
	types map[string]fs.FileMode
	// unread is whether it is there and cannot be read.
	unread bool
}

// result is what a pattern has found.
type result struct {
	paths []found
	// outside is a link that leads out of the context.
	outside string
	help    string
}

// found is a path of the context, and, of those that a symbolic link is on the
// way to, the first such link and what it comes to in the end.
type found struct{ link, target string }

// find looks for what a pattern matches in a build context.
func (c *checker) find(context, pattern string) result {
	head, rest := prefix(pattern), ""
	if head != pattern {
		rest = strings.TrimPrefix(strings.TrimPrefix(pattern, head), "/")
	}
	at, out := c.follow(context, head)
	if len(out.paths) == 0 || rest == "" {
		return out
	}
	var matched []string
	if strings.Contains(rest, "**") {
		matched = c.below(context, at, rest)
	} else {
		matched = c.matching(context, at, strings.Split(rest, "/"))
	}
	via := out.paths[0]
	out = result{}
	for _, name := range matched {
		_, one := c.follow(context, name)
		if len(one.paths) == 0 {
			continue // a link that leads nowhere is copied as it is
		}
		if via.link != "" && one.paths[0].link == "" {
			one.paths[0] = found{via.link, name}
		}
		out.paths = append(out.paths, one.paths...)
	}
	return out
}

// follow walks down to a path, and on where symbolic links lead, to what is
// there in the end.
func (c *checker) follow(context, name string) (string, result) {
	first := ""
	for range maxLinks {
		at, link := "", ""
		elements := strings.Split(name, "/")
		if name == "" {
			elements = nil
		}
		var rest []string
		for i, element := range elements {
			d := c.contents(context, at)
			if d == nil {
				return "", result{}
			}
			if d.unread {
				return name, result{paths: []found{{}}}
			}
			mode, ok := d.types[element]
			if !ok {
				return "", result{help: suggestion(at, element, elements[i+1:], d.names)}
			}
			at = path.Join(at, element)
			if mode&fs.ModeSymlink != 0 {
				link, rest = at, elements[i+1:]
				break
			}
		}
		if link == "" {
			return at, result{paths: []found{{link: first, target: target(first, at)}}}
		}
		if first == "" {
			first = link
		}
		to, err := os.Readlink(c.abs(context, link))
		if err != nil {
			return "", result{}
		}
		to = filepath.ToSlash(to)
		name = path.Join(append([]string{path.Dir(link), to}, rest...)...)
		if path.IsAbs(to) || filepath.IsAbs(to) || name == ".." || strings.HasPrefix(name, "../") {
			return "", result{outside: link}
		}
		if name == "." {
			name = ""
		}
	}
	return "", result{}
}

func target(link, at string) string {
	if link == "" {
		return ""
	}
	return at
}

// suggestion names a path like one that is not there.
func suggestion(at, element string, rest, names []string) string {
	n := near(element, names)
	if n == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", path.Join(append([]string{at, n}, rest...)...))
}

// contents is what a directory of a context holds, nil if there is no such directory.
func (c *checker) contents(context, name string) *directory {
	where := path.Join(context, name)
	if d, ok := c.directories[where]; ok {
		return d
	}
	d := &directory{types: map[string]fs.FileMode{}}
	entries, err := os.ReadDir(c.abs(context, name))
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		d = nil
	case err != nil:
		d.unread = len(entries) == 0
	}
	for _, entry := range entries {
		d.names = append(d.names, entry.Name())
		d.types[entry.Name()] = entry.Type()
	}
	c.directories[where] = d
	return d
}

// abs is where a path of a context is on this machine.
func (c *checker) abs(context, name string) string {
	return filepath.Join(c.root, filepath.FromSlash(context), filepath.FromSlash(name))
}
