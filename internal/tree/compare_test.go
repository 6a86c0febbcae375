package tree

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/go-multierror"

	"stagecue.dev/internal/rope"

	"stagecue.dev/internal/header"
)

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name  string
		disk  map[string]string
		want  []File
		scope Scope
		kinds string
	}{
		{"no tree", nil, files("a/Dockerfile"), Scope{}, "missing:a/Dockerfile"},
		{"nothing wanted, nothing there", nil, nil, Scope{}, ""},
		{"equal", map[string]string{"a/Dockerfile": ours("a/Dockerfile")}, files("a/Dockerfile"), Scope{}, ""},
		{"edited", map[string]string{"a/Dockerfile": ours("b")}, files("a/Dockerfile"), Scope{}, "modified:a/Dockerfile"},
		{"CRLF", map[string]string{"a/Dockerfile": strings.ReplaceAll(ours("a/Dockerfile"), "\n", "\r\n")}, files("a/Dockerfile"), Scope{}, "modified:a/Dockerfile"},
		{"last line end", map[string]string{"a/Dockerfile": strings.TrimSuffix(ours("a/Dockerfile"), "\n")}, files("a/Dockerfile"), Scope{}, "modified:a/Dockerfile"},
		{"in the way", map[string]string{"a/Dockerfile": "FROM x\n"}, files("a/Dockerfile"), Scope{}, "in-the-way:a/Dockerfile"},
		{"in the way and empty", map[string]string{"a/Dockerfile": ""}, files("a/Dockerfile"), Scope{}, "in-the-way:a/Dockerfile"},
		{"sorted", map[string]string{"m/x": "", "b": ours("")}, files("z", "a"), Scope{}, "missing:a orphan:b foreign:m/x missing:z"},

		{"orphan of a removed folder", map[string]string{"old/a/Dockerfile": ours(""), "new/Dockerfile": ours("new/Dockerfile")}, files("new/Dockerfile"), Scope{}, "orphan:old/a/Dockerfile"},
		{"orphan with CRLF", map[string]string{"a": "# syntax=x\r\n# " + header.From("stages/a") + "\r\n"}, nil, Scope{}, "orphan:a"},
		{"foreign", map[string]string{"a/README.md": "x"}, files(), Scope{}, "foreign:a/README.md"},
		{"unmanaged", map[string]string{"a/README.md": "x", "a/b/c.txt": "x", "d": "x"}, nil, Scope{Unmanaged: []string{"**/*.md", "a/b/**"}}, "foreign:d"},
		{"what is unmanaged is never removed", map[string]string{"a/x": ours("")}, nil, Scope{Unmanaged: []string{"**"}}, ""},
		{"a wanted file is managed", map[string]string{"a": ours("")}, files("a"), Scope{Unmanaged: []string{"**"}}, "modified:a"},
		{"a file that mentions the line", map[string]string{"a/README.md": "# About\n" + ours("")}, nil, Scope{}, "foreign:a/README.md"},
		{"a module inside", map[string]string{"a/cue.mod/module.cue": "", "a/generated/x/Dockerfile": ours("")}, nil, Scope{}, "foreign:a/cue.mod"},
		{"an unmanaged module inside", map[string]string{"a/cue.mod/module.cue": "", "a/x": ours("")}, nil, Scope{Unmanaged: []string{"a/**"}}, ""},
		{"a name that is not UTF-8", map[string]string{"a/\xfe": ours("")}, nil, Scope{}, "foreign:a/\xfe"},
		{"what is in the way is never unmanaged", map[string]string{"a": "x"}, files("a"), Scope{Unmanaged: []string{"**"}}, "in-the-way:a"},

		{"one stack", map[string]string{"a/x": ours(""), "b/x": ours(""), "ab/x": ours(""), "y": "", "a/z": ""}, files("a/w"), Scope{Stacks: []string{"a"}}, "missing:a/w orphan:a/x foreign:a/z"},
		{"a stack that is not there yet", map[string]string{"b/x": ours("")}, files("a/w"), Scope{Stacks: []string{"a"}}, "missing:a/w"},
		{"a stack inside another", map[string]string{"a/x": ours(""), "a/b/x": ours(""), "a/bc/x": ours("")}, nil, Scope{Stacks: []string{"a"}, Others: []string{"a/b"}}, "orphan:a/bc/x orphan:a/x"},
		{"both of these", map[string]string{"a/x": ours(""), "a/b/x": ours("")}, nil, Scope{Stacks: []string{"a/b", "a", "a"}}, "orphan:a/b/x orphan:a/x"},
		{"the inner one", map[string]string{"a/x": ours(""), "a/b/x": ours("")}, nil, Scope{Stacks: []string{"a/b"}, Others: []string{"a"}}, "orphan:a/b/x"},
		{"all, whoever is listed", map[string]string{"a/x": ours("")}, nil, Scope{Others: []string{"a"}}, "orphan:a/x"},

		{"single files", map[string]string{"a/x": ours(""), "a/y": "", "a/z": ours("other")}, files("a/z", "a/w"), Scope{Files: true}, "missing:a/w modified:a/z"},
		{"single files of a stack", map[string]string{"a/x": ours("")}, files("a/w"), Scope{Files: true, Stacks: []string{"a"}}, "missing:a/w"},

		{"a directory where a file goes", map[string]string{"a/Dockerfile/x": ours("")}, files("a/Dockerfile"), Scope{Files: true}, "symlink:a/Dockerfile"},
		{"a file where a directory goes", map[string]string{"a": "x"}, files("a/b/Dockerfile", "a/c/Dockerfile"), Scope{}, "symlink:a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := module(t, nil)
			for name, text := range tt.disk {
				put(t, filepath.Join(root, name), text)
			}
			before := state(t, root)
			if got := kinds(compare(t, root, tt.want, tt.scope)); got != tt.kinds {
				t.Errorf("%s\nwant %s", got, tt.kinds)
			}
			same(t, root, before)
		})
	}
}

func TestCompareTexts(t *testing.T) {
	big := ours(strings.Repeat("RUN true\n", headSize))
	root := module(t, map[string]string{
		"generated/edited": ours("old"), "generated/mine": "mine", "generated/empty": "", "generated/orphan": big, "generated/foreign": "x",
	})
	changes := compare(t, root, files("edited", "mine", "empty", "new"), Scope{})
	want := map[string][2][]byte{
		"edited":  {[]byte(ours("old")), []byte(ours("edited"))},
		"mine":    {[]byte("mine"), []byte(ours("mine"))},
		"empty":   {{}, []byte(ours("empty"))},
		"new":     {nil, []byte(ours("new"))},
		"orphan":  {[]byte(big), nil},
		"foreign": {nil, nil},
	}
	if len(changes) != len(want) {
		t.Errorf("%s", kinds(changes))
	}
	for _, c := range changes {
		w := want[c.Path]
		if !bytes.Equal(c.Old, w[0]) || !c.New.Equal(w[1]) || (c.Old == nil) != (w[0] == nil) || (c.New == nil) != (w[1] == nil) {
			t.Errorf("%s: %.80q, %.80q", c.Path, c.Old, c.New)
		}
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(to, name); err != nil {
		if runtime.GOOS == "windows" {
			t.Skipf("on Windows, symbolic links take a privilege: %v", err)
		}
		t.Fatal(err)
	}
}

func TestCompareLinks(t *testing.T) {
	for _, tt := range []struct {
		name string
		// at is where a link to the directory outside, or to a file in it, stands.
		at, to string
		want   []File
		scope  Scope
		kinds  string
	}{
		{"root", "generated", "outside", files("a/Dockerfile", "b/Dockerfile"), Scope{}, "symlink:"},
		{"root, with nothing wanted", "generated", "outside", nil, Scope{}, "symlink:"},
		{"parent", "generated/a", "../outside", files("a/Dockerfile", "a/b/Dockerfile"), Scope{}, "symlink:a"},
		{"file", "generated/a/Dockerfile", "../../outside/Dockerfile", files("a/Dockerfile"), Scope{}, "symlink:a/Dockerfile"},
		{"broken", "generated/a/Dockerfile", "nowhere", files("a/Dockerfile"), Scope{}, "symlink:a/Dockerfile"},
		{"of the same text", "generated/a/Dockerfile", "../../outside/Dockerfile", []File{{"a/Dockerfile", rope.Of(ours("outside"))}}, Scope{}, "symlink:a/Dockerfile"},
		{"folder of a stack", "generated/a", "../outside", nil, Scope{Stacks: []string{"a"}}, "symlink:a"},
		{"above the folder of a stack", "generated/a", "../outside", nil, Scope{Stacks: []string{"a/sub"}}, "symlink:a"},
		{"unwanted", "generated/a", "../outside", nil, Scope{}, "foreign:a"},
		{"unmanaged", "generated/a", "../outside", nil, Scope{Unmanaged: []string{"a"}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := module(t, map[string]string{"outside/Dockerfile": ours("outside"), "outside/sub/Dockerfile": ours("outside")})
			link(t, tt.to, filepath.Join(filepath.Dir(root), tt.at))
			before := state(t, root)
			changes := compare(t, root, tt.want, tt.scope)
			if got := kinds(changes); got != tt.kinds {
				t.Errorf("%s\nwant %s", got, tt.kinds)
			}
			if strings.HasPrefix(tt.kinds, "symlink") {
				noAbsolutePath(t, root, Apply(t.Context(), root, changes, Options{Adopt: true}))
			}
			same(t, root, before)
		})
	}
}

func TestCompareRefuses(t *testing.T) {
	root := module(t, map[string]string{"generated/a": "x"})
	for _, path := range []string{"", ".", "..", "../a", "a/../../b", "/etc/passwd", "a/", "a//b", "./a"} {
		if changes, err := Compare(root, []File{{Path: path}}, Scope{}); err == nil {
			t.Errorf("%q: %v", path, kinds(changes))
		}
		if path == "" {
			continue
		}
		if changes, err := Compare(root, nil, Scope{Stacks: []string{path}}); err == nil {
			t.Errorf("stack %q: %v", path, kinds(changes))
		}
	}
	if _, err := Compare(root, files("b", "b"), Scope{}); err == nil {
		t.Error("a path that is wanted twice is taken")
	}
	if _, err := Compare(root, nil, Scope{Unmanaged: []string{"a["}}); !errors.Is(err, doublestar.ErrBadPattern) {
		t.Errorf("a bad pattern: %v", err)
	}
}

// All that cannot be read is told at once, by the paths of the module.
func TestCompareErrors(t *testing.T) {
	root := module(t, nil)
	long := strings.Repeat("x", 300)
	_, err := Compare(root, files("a/"+long, long+"/b"), Scope{})
	if err == nil {
		put(t, filepath.Join(root, "a/b"), "")
		_, err = Compare(root, files("a/"+long, long+"/b"), Scope{})
	}
	noAbsolutePath(t, root, err)
	var all *multierror.Error
	if !errors.As(err, &all) || len(all.Errors) != 2 {
		t.Fatalf("%v", err)
	}
	if text := err.Error(); strings.Contains(text, "\n") || !strings.Contains(text, "generated/a/xxx") {
		t.Errorf("%s", text)
	}
}
