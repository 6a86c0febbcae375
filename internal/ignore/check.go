package ignore

import (
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
)

// Check looks whether the sources of images are in their build contexts below
// root, and are sent. Of contexts outside of the module, it does not know what is
// in them.
func Check(root string, all []images.Image) diag.List {
	c := &checker{root: root, directories: map[string]*directory{}, rules: map[string]*rules{}}
	for _, image := range all {
		c.image(image)
	}
	return c.list
}

// checker is the state of one Check.
type checker struct {
	root        string
	directories map[string]*directory
	// rules are those of the build contexts, by all that there is to them.
	rules map[string]*rules
	list  diag.List
}

// rules are what the sources of a build context are judged by.
type rules struct {
	// directory is empty for the module's root.
	directory string
	external  bool
	// unusable is whether there is no such directory.
	unusable bool
	optional func(path string) bool
	excludes []exclude
	// stages are those that have been judged, with the links on the way to what
	// they read.
	stages map[*inputs.Stage][]linked
}

// exclude is a pattern of what no build is sent.
type exclude struct {
	index  int
	leaves func(path string) bool
}

// linked is a source that a symbolic link is on the way to.
type linked struct {
	source inputs.Source
	// link is where it stands, target what it leads to in the end.
	link, target string
}

func (c *checker) image(image images.Image) {
	r := c.rulesOf(image)
	var links []linked
	for _, s := range image.Inputs.Stages {
		found, known := r.stages[s]
		if !known {
			found = c.stage(image, s, r)
			r.stages[s] = found
		}
		links = append(links, found...)
	}
	if len(links) == 0 || image.Plan.NoIgnore {
		return
	}
	if _, ok := Lines(image.Inputs, nil); ok {
		c.unsent(image, links)
	}
}

func (c *checker) rulesOf(image images.Image) *rules {
	context := image.Plan.Context
	key := strings.Join([]string{
		context.Directory, context.External, strings.Join(context.Optional, "\n"), strings.Join(context.Exclude, "\n"),
	}, "\n\n")
	if image.Plan.NoIgnore {
		key += "\n\nno"
	}
	if r, ok := c.rules[key]; ok {
		return r
	}
	r := &rules{
		directory: context.Directory, external: context.External != "", stages: map[*inputs.Stage][]linked{},
		optional: func(string) bool { return false },
	}
	c.rules[key] = r
	if r.unusable = !r.external && c.contents(r.directory, "") == nil; r.unusable {
		c.noContext(image)
	}
	if matches, err := inputs.Matcher(context.Optional); err != nil {
		c.noPattern(image, "optional", context.Optional)
	} else if len(context.Optional) > 0 {
		r.optional = matches
	}
	if image.Plan.NoIgnore {
		return r
	}
	for n, pattern := range context.Exclude {
		if leaves, err := inputs.Matcher([]string{pattern}); err != nil {
			c.noPattern(image, "exclude", context.Exclude)
			break
		} else {
			r.excludes = append(r.excludes, exclude{n, leaves})
		}
	}
	return r
}

// stage looks for the sources of a stage.
func (c *checker) stage(image images.Image, s *inputs.Stage, r *rules) []linked {
	var links []linked
	for _, source := range s.Sources {
		for _, pattern := range source.Default {
			if e := r.excluding(pattern); e != nil {
				c.excluded(image, s, source, e.index)
				break
			}
			if r.external || r.unusable || r.optional(pattern) {
				continue
			}
			if pattern == inputs.Everything {
				pattern = ""
			}
			found := c.find(r.directory, pattern)
			if len(found.paths) == 0 {
				c.missing(image, s, source, pattern, found)
			}
			for _, p := range found.paths {
				if p.link != "" {
					links = append(links, linked{source, p.link, p.target})
				}
			}
		}
	}
	return links
}

// excluding is the pattern that leaves out a path, which is no pattern itself.
func (r *rules) excluding(path string) *exclude {
	if strings.ContainsAny(path, "*?") {
		return nil
	}
	for i := range r.excludes {
		if r.excludes[i].leaves(path) {
			return &r.excludes[i]
		}
	}
	return nil
}
