package affected

import (
	"testing"

	"stagecue.dev/internal/git"
	"stagecue.dev/internal/index"
)

func TestReads(t *testing.T) {
	for _, tt := range []struct {
		source index.Source
		yes    []string
		no     []string
	}{
		{index.Source{Path: "."}, []string{"a", "a/b"}, nil},
		{index.Source{Path: "a/b"}, []string{"a/b", "a/b/c/d"}, []string{"a", "a/bc", "b", "a/x/b"}},
		{index.Source{Path: "a/*.c"}, []string{"a/x.c", "a/x.c/y"}, []string{"a/b/x.c", "a/x.h"}},
		{index.Source{Path: "v$V", Patterns: []string{"v**/*"}}, []string{"v1", "v1/2/3"}, []string{"w"}},
		{index.Source{Path: "$A", Patterns: []string{"x", "y"}}, []string{"x", "y/z"}, []string{"z"}},
		{index.Source{Path: ".", Exclude: []string{"*.md", "doc"}}, []string{"a", "a/x.md"}, []string{"x.md", "doc/a"}},
		{index.Source{Path: "a", Exclude: []string{"**/*.md"}}, []string{"a/b", "a"}, []string{"a/x.md", "a/b/c.md"}},
		// What is copied itself may be excluded or not: that is left open.
		{index.Source{Path: "*.md", Exclude: []string{"*.md"}}, []string{"x.md"}, nil},
		{index.Source{Path: "a*", Exclude: []string{"b"}}, []string{"a1/c", "ab"}, []string{"a1/b", "a2/b/c"}},
		// The order of these decides, or a variable.
		{index.Source{Path: "a", Exclude: []string{"*.md", "!x.md"}}, []string{"a/y.md"}, nil},
		{index.Source{Path: "a", Exclude: []string{"$X"}}, []string{"a/$X"}, nil},
		{index.Source{Path: "**/x.c", Exclude: []string{"d"}}, []string{"d/x.c"}, nil},
		{index.Source{Path: "b/**/x.c", Parents: true, Base: "b", Exclude: []string{"d"}}, []string{"b/x.c", "b/e/d/x.c"}, []string{"b/d/x.c", "x.c"}},
		{index.Source{Path: "**/x.c", Parents: true, Exclude: []string{"d"}}, []string{"x.c", "e/d/x.c"}, []string{"d/x.c"}},
	} {
		m := newMatcher(tt.source)
		for _, name := range tt.yes {
			if !m.reads(name, git.Change{}) {
				t.Errorf("%+v does not read %s", tt.source, name)
			}
		}
		for _, name := range tt.no {
			if m.reads(name, git.Change{}) {
				t.Errorf("%+v reads %s", tt.source, name)
			}
		}
	}
}

// Behind a link or a submodule there may be what is read.
func TestLeadsThrough(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"a/b", "a", true}, {"a/b", "b", false}, {"a/b", "a/b", true}, {"a/b", "a/b/c", true}, {"a/b", "a/c", false},
		{"*/b", "x", true}, {"*/b", "x/y", false}, {"a/**/b", "a/x/y", true}, {"a/**/b", "b", false}, {"**", "x", true},
	} {
		m := newMatcher(index.Source{Path: tt.pattern})
		for _, c := range []git.Change{{Link: true}, {Directory: true}} {
			if got := m.reads(tt.name, c); got != tt.want {
				t.Errorf("%s by way of %s: %v", tt.pattern, tt.name, got)
			}
		}
	}
}

func TestLists(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		change  git.Change
		may     bool
		want    bool
	}{
		{"a/**", git.Change{Path: "a/b/c"}, false, true},
		{"a/*", git.Change{Path: "a/b/c"}, false, false},
		{"**/*.md", git.Change{Path: "x.md"}, false, true},
		{"sub/**", git.Change{Path: "sub", Directory: true}, false, true},
		{"sub/x", git.Change{Path: "sub", Directory: true}, false, false},
		{"sub/x", git.Change{Path: "sub", Directory: true}, true, true},
		{"**/x", git.Change{Path: "sub", Directory: true}, true, true},
		{"other/x", git.Change{Path: "sub", Directory: true}, true, false},
	} {
		if got := matches([]string{tt.pattern}, tt.change, tt.may); got != tt.want {
			t.Errorf("%s, %+v, %v: %v", tt.pattern, tt.change, tt.may, got)
		}
	}
}
