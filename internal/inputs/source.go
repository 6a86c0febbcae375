package inputs

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// A Source is something of the build context that an instruction reads.
type Source struct {
	// Path is what is written, in its shortest form and relative to the
	// context: a path with wildcards, or, of a mount, one without. "." is the
	// whole context.
	Path string
	// Outward is whether it is written as if it led out of the context.
	Outward bool
	// Patterns are what that may come to, whatever the build arguments are, in
	// the syntax of ignore files. A pattern stands for all that is below what it
	// matches as well. Everything is the whole context.
	Patterns []string
	// Default are the patterns for the defaults of build arguments, one for each
	// platform that makes a difference. It is nil where they are not known.
	Default []string
	// Exclude are patterns as in --exclude, of what is left out, as far as that is
	// known.
	Exclude []string
	// Parents is whether paths keep their directories; Base is then the
	// directory that Exclude is relative to. Else that is what is matched.
	Parents bool
	Base    string
	Origin  dockerfile.Origin
	Field   string
}

// Everything is the pattern of the whole context.
const Everything = "**"

// same tells whether sources are the same, wherever they stand.
func (s Source) same(o Source) bool {
	return s.Path == o.Path && s.Parents == o.Parents && s.Base == o.Base && slices.Equal(s.Patterns, o.Patterns) && slices.Equal(s.Exclude, o.Exclude)
}

// reading is a source as it is written.
type reading struct {
	word, field string
	origin      dockerfile.Origin
	syntax      syntax
	exclude     []string
	// add is whether it may be an address; trigger whether it is read by
	// stages that are FROM this one.
	add, trigger bool
}

// read are the sources that a step reads of the build context.
func read(step dockerfile.Step) []reading { return readBy(step.Instruction, step.Origin, "") }

func readBy(i dockerfile.Instruction, o dockerfile.Origin, prefix string) []reading {
	var out []reading
	switch i := i.(type) {
	case dockerfile.Copy:
		if i.From != "" {
			break
		}
		for n, s := range i.Sources {
			r := reading{word: s, field: fmt.Sprintf("%scopy.src[%d]", prefix, n), origin: o, syntax: match, exclude: i.Exclude}
			if i.Parents {
				r.syntax = parents
			}
			out = append(out, r)
		}
	case dockerfile.Add:
		for n, s := range i.Sources {
			out = append(out, reading{word: s, field: fmt.Sprintf("%sadd.src[%d]", prefix, n), origin: o, syntax: match, exclude: i.Exclude, add: true})
		}
	case dockerfile.Run:
		for n, m := range i.Mounts {
			if m.Type != "bind" || m.From != "" {
				continue
			}
			r := reading{word: m.Source, field: fmt.Sprintf("%smounts[%d].source", prefix, n), origin: o, syntax: literal}
			if m.Source == "" {
				r.word, r.field = ".", fmt.Sprintf("%smounts[%d]", prefix, n)
			}
			out = append(out, r)
		}
	case dockerfile.OnBuild:
		out = readBy(i.Instruction, o, prefix+"onbuild.")
		for n := range out {
			out[n].trigger = true
		}
	}
	return out
}

// remote is a source that ADD fetches.
var remote = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*://|[A-Za-z0-9_-]+@[^/:]+:)`)

// source is what a reading comes to. It is false for what is not of the context.
func (v *variables) source(r reading) (Source, bool) {
	out := Source{Path: clean(r.word), Outward: strings.HasPrefix(path.Clean(r.word), ".."), Exclude: r.exclude, Parents: r.syntax == parents, Origin: r.origin, Field: r.field}
	if out.Parents {
		if base, _, ok := strings.Cut(r.word, "/./"); ok {
			out.Base = strings.TrimPrefix(path.Clean("/"+base), "/")
		}
	}
	known := !r.trigger
	for _, p := range v.platforms {
		word, ok := v.expand(r.word, p)
		if r.add && remote.MatchString(word) {
			return Source{}, false
		}
		if known = known && ok; known {
			out.Default = add(out.Default, pattern(word, r.syntax))
		}
		word = v.open(r.word, p)
		if strings.ContainsRune(word, anything) && !out.Parents {
			out.Exclude = nil // what would be left out may be what is named
		}
		out.Patterns = add(out.Patterns, pattern(word, r.syntax))
	}
	if !known {
		out.Default = nil
	}
	return out, true
}

// open is a word with what the platform decides filled in, and a sign for what
// may be anything.
func (v *variables) open(word, platform string) string {
	parts, err := dockerfile.ParseWord(word)
	if err != nil || !strings.Contains(word, "$") {
		return word
	}
	var out strings.Builder
	for _, p := range parts {
		if p.Name == "" {
			out.WriteString(p.Literal)
			continue
		}
		text, ok := dockerfile.Expand(p.Text, func(name string) (string, bool) {
			return dockerfile.PlatformArg(name, platform)
		})
		if !ok {
			text = string(anything)
		}
		out.WriteString(text)
	}
	return out.String()
}

// clean is the shortest form of a path that begins at the root of the context:
// nothing leads out of it.
func clean(word string) string {
	if out := strings.TrimPrefix(path.Clean("/"+word), "/"); out != "" {
		return out
	}
	return "."
}
