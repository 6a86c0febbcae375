package dockerfile

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// holds fails unless Validate rejects the file, or what Emit writes is read
// back as the file; and unless that is the same in sections, when they are made
// of what the memo has, too. It reports whether the file was written.
func holds(t *testing.T, m *Memo, f *File) bool {
	t.Helper()
	problems := Validate(f)
	sections, parts := inSections(m, f)
	if (len(problems) == 0) != (len(parts) == 0) {
		t.Fatalf("as a whole %+v, in sections %+v", problems, parts)
	}
	for _, p := range problems {
		if p.Message == "" {
			t.Errorf("a problem without a message: %+v", p)
		}
	}
	if len(problems) > 0 {
		return false
	}
	if again, _ := inSections(m, f); !reflect.DeepEqual(again, sections) {
		t.Fatalf("sections %+v, made again %+v", sections, again)
	}
	text, lines := Emit(f)
	if joined, err := Join(f, sections); err != nil || !joined.Equal(text) {
		t.Fatalf("joined: %v\n%s\nwhole:\n%s", err, joined, text)
	}
	if err := Verify(f, text); err != nil {
		t.Fatalf("%v\n%s\n%q", err, text, text)
	}
	if err := counts(f, text); err != nil {
		t.Fatalf("Verify saw nothing wrong, but %v\n%s\n%q", err, text, text)
	}
	if n := bytes.Count(text, []byte("\n")); n != len(lines) {
		t.Fatalf("%d origins for %d lines", len(lines), n)
	}
	if joined := Lines(f, sections); !slices.Equal(joined, lines) {
		t.Fatalf("lines of %+v, joined of %+v", lines, joined)
	}
	return true
}

// inSections is a file as Join takes it, and what is wrong with its parts.
func inSections(m *Memo, f *File) (sections []*Section, problems []Problem) {
	problems = ValidateFile(f)
	for _, s := range f.Stages {
		section := m.Section(f, s)
		sections = append(sections, section)
		problems = append(problems, section.Problems...)
	}
	return sections, problems
}

// A shape is what of an instruction can be counted: its flags by name, its
// words, the keys of its mounts, the text of its heredocs.
type shape struct {
	keyword  string
	flags    []string
	words    int
	mounts   [][]string
	heredocs []string
}

func (s shape) equal(t shape) bool {
	return s.keyword == t.keyword && s.words == t.words && slices.Equal(s.flags, t.flags) &&
		slices.EqualFunc(s.mounts, t.mounts, slices.Equal) && slices.Equal(s.heredocs, t.heredocs)
}

// counts holds what BuildKit's parser makes of a text against the file without
// a look at values, so that Verify is not the only witness: nothing can have
// added an instruction, a flag, a word, a mount, a mount's option or a heredoc.
func counts(f *File, text []byte) error {
	result, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return err
	}
	want := fileShapes(f)
	if len(result.AST.Children) != len(want) {
		return fmt.Errorf("there are %d instructions, not %d", len(result.AST.Children), len(want))
	}
	lines, next := strings.Split(string(text), "\n"), 0
	for n, node := range result.AST.Children {
		got, err := nodeShape(node)
		if err != nil {
			return err
		}
		for i, body := range want[n].heredocs {
			// All but the first line, which may be a `set -e`.
			if i < len(got.heredocs) && strings.HasSuffix(got.heredocs[i], body) {
				got.heredocs[i] = body
			}
		}
		slices.Sort(want[n].flags)
		if !got.equal(want[n]) {
			return fmt.Errorf("instruction %d has the shape %+v, not %+v", n, got, want[n])
		}
		if err := onlyComments(lines[next : node.StartLine-1]); err != nil {
			return err
		}
		next = node.EndLine
	}
	return onlyComments(lines[next:])
}

func onlyComments(lines []string) error {
	for _, line := range lines {
		if line != "" && line[0] != '#' {
			return fmt.Errorf("the line %q belongs to nothing", line)
		}
	}
	return nil
}

// nodeShape is the shape of what BuildKit has read.
func nodeShape(node *parser.Node) (shape, error) {
	s := shape{keyword: node.Value}
	for _, h := range node.Heredocs {
		s.heredocs = append(s.heredocs, h.Content)
	}
	if node.Value == "ONBUILD" {
		if len(node.Next.Children) != 1 || len(node.Flags) > 0 || node.Next.Next != nil {
			return s, fmt.Errorf("ONBUILD has %d triggers", len(node.Next.Children))
		}
		node = node.Next.Children[0]
		s.keyword += " " + node.Value
	}
	for n := node.Next; n != nil; n = n.Next {
		s.words++
	}
	for _, f := range node.Flags {
		name, value, _ := strings.Cut(f, "=")
		if name == "--" {
			continue
		}
		s.flags = append(s.flags, name[2:])
		if name != "--mount" {
			continue
		}
		fields, err := csv.NewReader(strings.NewReader(value)).Read()
		if err != nil {
			return s, fmt.Errorf("%s: %w", f, err)
		}
		for n, field := range fields {
			fields[n], _, _ = strings.Cut(field, "=")
		}
		slices.Sort(fields)
		s.mounts = append(s.mounts, fields)
	}
	slices.Sort(s.flags)
	return s, nil
}
