package affected

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"stagecue.dev/internal/plain"
)

// maxFiles is how many files a person is told of for one image.
const maxFiles = 5

// WriteText prints what is affected and why, for people.
func WriteText(w io.Writer, r *Result, generated string, relative func(string) string) error {
	var b strings.Builder
	for _, group := range alike(r.Images) {
		names := make([]string, len(group))
		for i, image := range group {
			names[i] = image.Target.Name
		}
		word := "target"
		if len(names) > 1 {
			word = "targets"
		}
		plain.Fprintf(&b, "%s %s %s\n", relative(generated+"/"+group[0].Variant.Path), word, strings.Join(names, ", "))
		writeCauses(&b, group[0].Causes, relative)
	}
	for _, image := range r.Removed {
		plain.Fprintf(&b, "removed: %s", relative(generated+"/"+image.Variant.Path))
		if image.Target.Name != "" {
			plain.Fprintf(&b, " target %s", image.Target.Name)
		}
		if len(image.Target.Tags) > 0 {
			plain.Fprintf(&b, " (%s)", strings.Join(image.Target.Tags, ", "))
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// alike puts targets of one Dockerfile together that have the same causes.
func alike(images []Image) [][]Image {
	var out [][]Image
	from := 0 // where the groups of the Dockerfile begin
	for _, image := range images {
		if from < len(out) && out[from][0].Variant != image.Variant {
			from = len(out)
		}
		same := func(group []Image) bool { return reflect.DeepEqual(group[0].Causes, image.Causes) }
		if i := slices.IndexFunc(out[from:], same); i >= 0 {
			out[from+i] = append(out[from+i], image)
			continue
		}
		out = append(out, []Image{image})
	}
	return out
}

func writeCauses(b *strings.Builder, causes []Cause, relative func(string) string) {
	files := 0
	for _, c := range causes {
		if c.Kind == File {
			if files++; files > maxFiles {
				continue
			}
		}
		for _, line := range c.lines(relative) {
			plain.Fprintf(b, "  %s\n", line)
		}
	}
	if files > maxFiles {
		plain.Fprintf(b, "  and %d more files\n", files-maxFiles)
	}
}

// lines say why.
func (c Cause) lines(relative func(string) string) []string {
	switch c.Kind {
	case New:
		return []string{"new"}
	case Dockerfile:
		var out []string
		for _, s := range c.Stages {
			out = append(out, s.line())
		}
		return out
	case IgnoreFile:
		return []string{fmt.Sprintf("ignore file: %s", relative(c.Path))}
	case File:
		return []string{fmt.Sprintf("file: %s %s, read by stage %s as %s", relative(c.Path), c.Change, c.Stage, c.Source)}
	case Parent:
		if c.Path == "" {
			return []string{fmt.Sprintf("parent: %s, not %s", or(c.After, "none"), or(c.Before, "none"))}
		}
		return []string{fmt.Sprintf("parent: %s target %s, for stage %s", relative(c.Path), c.Target, c.Stage)}
	case Always:
		return []string{fmt.Sprintf("always: %s %s", relative(c.Path), c.Change)}
	}
	return []string{fmt.Sprintf("%s: %s, not %s", c.Kind, or(c.After, "none"), or(c.Before, "none"))}
}

// line says what has changed in a part of a Dockerfile.
func (s StageChange) line() string {
	where := "Dockerfile"
	if s.Stage != "" {
		where += ": stage " + s.Stage
	}
	switch {
	case s.Change == comments:
		return where + ", comments only"
	case s.Change == added:
		return fmt.Sprintf("%s is new, from line %d", where, s.Line)
	case s.Line > 0 && s.Instruction != "":
		return fmt.Sprintf("%s, line %d: %s", where, s.Line, s.Instruction)
	case s.Line > 0:
		return fmt.Sprintf("%s, line %d", where, s.Line)
	}
	return where + ", " + s.Instruction
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// WriteBake prints the names of the targets for bake on one line, or nothing.
func WriteBake(w io.Writer, r *Result) error {
	if len(r.Images) == 0 {
		return nil
	}
	names := make([]string, len(r.Images))
	for i, image := range r.Images {
		names[i] = image.Target.Bake
	}
	_, err := fmt.Fprintln(w, strings.Join(names, " "))
	return err
}
