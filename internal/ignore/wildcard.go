package ignore

import (
	"path"

	"stagecue.dev/internal/inputs"
)

// matching are the paths below a directory that a pattern matches, element by
// element. Links are not followed on the way.
func (c *checker) matching(context, at string, elements []string) []string {
	d := c.contents(context, at)
	if d == nil {
		return nil
	}
	var out []string
	for _, name := range d.names {
		if ok, _ := path.Match(elements[0], name); !ok {
			continue
		}
		below := path.Join(at, name)
		switch {
		case len(elements) == 1:
			out = append(out, below)
		case d.types[name].IsDir():
			out = append(out, c.matching(context, below, elements[1:])...)
		}
	}
	return out
}

// below are the paths below a directory that a pattern with ** matches.
func (c *checker) below(context, at, pattern string) []string {
	matches, err := inputs.Matcher([]string{pattern})
	if err != nil {
		return nil
	}
	var out []string
	var walk func(dir string)
	walk = func(dir string) {
		d := c.contents(context, path.Join(at, dir))
		if d == nil {
			return
		}
		for _, name := range d.names {
			switch below := path.Join(dir, name); {
			case matches(below):
				out = append(out, path.Join(at, below))
			case d.types[name].IsDir():
				walk(below)
			}
		}
	}
	walk("")
	return out
}
