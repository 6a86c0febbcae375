package review

import (
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// comparison is two texts of a Dockerfile.
type comparison struct {
	before, after dockerfile.Outline
	done          map[string]*verdict
}

// verdict is what has become of a stage.
type verdict struct {
	// from is the first instruction that the cache lacks: -1 for FROM, the
	// number of instructions for none.
	from int
	// own is whether something of the stage itself is the cause, with why and
	// the instruction, which may be a removed one.
	own              bool
	why, instruction string
	// files and settings are whether the stage holds other files than before,
	// and whether what is built upon it does so with another environment.
	files, settings bool
	// configured is whether what images of it are like has changed, and nothing
	// more.
	configured bool
}

// target says what a build of a target does again, and for what. It is false if
// nothing has changed in what it needs.
func (c *comparison) target(name string) (cause, Impact, bool) {
	needed := map[string]bool{}
	c.needs(name, needed)
	first := cause{why: "only what the image says of itself"}
	changed := false
	again, of := 0, 0
	for _, s := range c.after.Stages {
		if !needed[strings.ToLower(s.Name)] {
			continue
		}
		v := c.stage(s)
		for n, instruction := range s.Instructions {
			if isLayer(instruction.Keyword) {
				of++
				if n >= v.from {
					again++
				}
			}
		}
		if v.own && first.stage == "" {
			first = cause{s.Name, v.instruction, v.why}
		}
		changed = changed || v.own || v.configured
	}
	return first, Impact{name, Range{again, again}, Range{of, of}}, changed
}

// needs collects the stages that a stage needs, itself included.
func (c *comparison) needs(name string, needed map[string]bool) {
	name = strings.ToLower(name)
	for _, s := range c.after.Stages {
		if !strings.EqualFold(s.Name, name) || needed[name] {
			continue
		}
		needed[name] = true
		for _, base := range c.bases(s) {
			c.needs(base, needed)
		}
		for _, i := range s.Instructions {
			for _, from := range i.From {
				c.needs(from, needed)
			}
		}
	}
}

// bases are the stages that a stage may be FROM: one, or one for each platform.
func (c *comparison) bases(s dockerfile.OutlineStage) []string {
	parts, err := dockerfile.ParseWord(s.From)
	if err != nil {
		return []string{s.From}
	}
	var out []string
	for _, other := range c.after.Stages {
		if fits(other.Name, parts) {
			out = append(out, other.Name)
		}
	}
	return out
}

// fits tells whether a name may be what a word with variables stands for.
func fits(name string, parts []dockerfile.Part) bool {
	rest := strings.ToLower(name)
	open := false
	for _, p := range parts {
		if p.Name != "" {
			open = true
			continue
		}
		literal := strings.ToLower(p.Literal)
		at := strings.Index(rest, literal)
		if at < 0 || at > 0 && !open {
			return false
		}
		rest, open = rest[at+len(literal):], false
	}
	return open || rest == ""
}

// stage judges a stage, and those below it first.
func (c *comparison) stage(s dockerfile.OutlineStage) *verdict {
	name := strings.ToLower(s.Name)
	if v := c.done[name]; v != nil {
		return v
	}
	v := &verdict{from: len(s.Instructions)}
	c.done[name] = v
	old, ok := find(c.before, s.Name)
	if key := fromKey(c.after, s); !ok || key != fromKey(c.before, old) {
		v.lacks(-1, true, changed(!ok), strings.TrimSpace("FROM "+s.From))
	}
	for _, base := range c.bases(s) {
		if below, ok := find(c.after, base); ok {
			if b := c.stage(below); b.files || b.settings {
				v.lacks(-1, false, "", "")
			} else if b.configured {
				v.configured = true
			}
		}
	}
	c.instructions(s, old, v)
	v.files = v.files || slices.ContainsFunc(s.Instructions[max(0, min(v.from, len(s.Instructions))):], func(i dockerfile.OutlineInstruction) bool {
		return makesFiles(i.Keyword)
	}) || v.from < 0
	return v
}

// lacks notes that the cache lacks an instruction, and all behind it.
func (v *verdict) lacks(from int, own bool, why, instruction string) {
	v.settings = true
	if own && !v.own {
		v.own, v.why, v.instruction = true, why, instruction
	}
	v.from = min(v.from, from)
}

func changed(isNew bool) string {
	if isNew {
		return "new"
	}
	return "changed"
}
