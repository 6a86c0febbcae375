package ignore

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
	"stagecue.dev/internal/source"
)

// tree makes files, and links where a name holds " -> ".
func tree(t *testing.T, names ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, n := range names {
		name, target, link := strings.Cut(n, " -> ")
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if link {
			if err := os.Symlink(filepath.FromSlash(target), full); err != nil {
				t.Skip("symbolic links cannot be made here: ", err)
			}
		} else if err := os.WriteFile(full, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestFind(t *testing.T) {
	root := tree(t, "a/b.txt", "a/c/d.md", "Readme", "dir -> a", "up -> ../x", "a/back -> ..", "loop -> loop", "two -> dir", "gone -> nothing",
		"abs -> "+filepath.ToSlash(os.TempDir()), "w/one -> ../a/b.txt", "w/sub -> ../a", "w/gone -> nothing")
	for _, tt := range []struct{ pattern, want string }{
		{"", ""},
		{"a", ""},
		{"a/b.txt", ""},
		{"a/c/d.md", ""},
		{"a/x", "none"},
		{"a/b.txt/x", "none"},
		{"readme", `none did you mean "Readme"?`},
		{"a/c/dd.md", `none did you mean "a/c/d.md"?`},
		{"dir", "dir>a"},
		{"dir/b.txt", "dir>a/b.txt"},
		{"two/c", "two>a/c"},
		{"a/back/Readme", "a/back>Readme"},
		{"a/back", "a/back>"},
		{"up", "outside up"},
		{"abs/x", "outside abs"},
		{"loop", "none"},
		{"gone", "none"},
		{"a/*.txt", ""},
		{"a/*/*.md", ""},
		{"*/c", ""},
		{"*.rs", "none"},
		{"dir/*.txt", "dir>a/b.txt"},
		{"a/*/back", "none"}, // links are not followed by wildcards
		{"w/*", "w/one>a/b.txt w/sub>a"},
		{"**/d.md", ""},
		{"a/**/x", "none"},
		{"nowhere/*", "none"},
	} {
		c := &checker{root: root, directories: map[string]*directory{}}
		r := c.find("", tt.pattern)
		var got []string
		for _, p := range r.paths {
			if p.link != "" {
				got = append(got, p.link+">"+p.target)
			}
		}
		switch {
		case r.outside != "":
			got = append(got, "outside "+r.outside)
		case len(r.paths) == 0:
			got = append(got, strings.TrimSpace("none "+r.help))
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.pattern, got, tt.want)
		}
	}
}

// A directory that cannot be read is none that a file is missing in.
func TestUnread(t *testing.T) {
	root := tree(t, "a/b")
	if err := os.Chmod(filepath.Join(root, "a"), 0); err != nil || os.Geteuid() == 0 {
		t.Skip("everything can be read")
	}
	c := &checker{root: root, directories: map[string]*directory{}}
	if r := c.find("", "a/x"); len(r.paths) == 0 {
		t.Error("it is missing")
	}
}

// What images have in common is reported once.
func TestCheckOnce(t *testing.T) {
	file := &dockerfile.File{Stages: []dockerfile.Stage{{Name: "s", From: "scratch", Key: "s", Steps: []dockerfile.Step{
		{Instruction: dockerfile.Copy{Sources: []string{"a", "x"}, Dest: "/"}},
	}}}}
	var memo inputs.Memo
	var all []images.Image
	for n := range 3 {
		plan := dockerfile.Plan{Context: dockerfile.Context{Exclude: []string{"[", "*.md"}[n%2 : n%2+1]}}
		all = append(all, images.Image{Variant: &images.Variant{
			Plan: plan, Inputs: memo.Of(file, plan),
			Locate: func(o dockerfile.Origin, field string) source.Span { return source.Span{File: field} },
		}})
	}
	var got []string
	for _, d := range Check(tree(t, "a"), all) {
		got = append(got, fmt.Sprintf("%s: %s", d.Span.File, d.Message))
	}
	want := strings.Join([]string{
		`context.exclude[0]: "[" is no pattern of an ignore file`,
		`copy.src[1]: stage "s" copies "x", which is not in the build context, the module's root`,
		`copy.src[1]: stage "s" copies "x", which is not in the build context, the module's root`,
	}, "\n")
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
