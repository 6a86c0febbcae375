package oracle

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher/ignorefile"
	"github.com/tonistiigi/fsutil"
)

// TestIgnored has BuildKit's client choose what it would send for each
// Dockerfile, from a tree that holds whatever the Dockerfile names and some more:
// the one must all be there, and none of the other.
func TestIgnored(t *testing.T) {
	for dir, text := range generated(t) {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			sources := contextSources(t, text)
			ignore, err := os.ReadFile(filepath.Join("..", "generated", filepath.FromSlash(dir), "Dockerfile.dockerignore"))
			if errors.Is(err, fs.ErrNotExist) {
				if !slices.Contains(sources, ".") {
					t.Error("there is no ignore file")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			root := t.TempDir()
			needed, others := map[string]bool{}, map[string]bool{".git/config": true, ".env": true, "generated/x/Dockerfile": true}
			for _, s := range sources {
				name := instance(s)
				needed[path.Join(name, "deep/file")] = true
				for at := name; at != "."; at = path.Dir(at) {
					others[path.Join(path.Dir(at), "not-read/file")] = true
				}
			}
			maps.DeleteFunc(others, func(name string, _ bool) bool {
				return slices.ContainsFunc(sources, func(s string) bool { return reaches(s, name) })
			})
			for name := range mergeKeys(needed, others) {
				full := filepath.Join(root, filepath.FromSlash(name))
				if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o777), os.WriteFile(full, nil, 0o666)); err != nil {
					t.Fatal(err)
				}
			}
			sent := sent(t, root, ignore)
			for _, name := range slices.Sorted(maps.Keys(needed)) {
				if !sent[name] {
					t.Errorf("%s is read, and not sent", name)
				}
			}
			for _, name := range slices.Sorted(maps.Keys(others)) {
				if sent[name] {
					t.Errorf("%s is sent, and not read", name)
				}
			}
			t.Logf("%d sources, %d files beside them", len(sources), len(others))
		})
	}
}

// contextSources are the paths that instructions read of the build context.
func contextSources(t *testing.T, text []byte) []string {
	t.Helper()
	result, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	stages, _, err := instructions.Parse(result.AST, linter.New(&linter.Config{}))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	add := func(word string) {
		if !strings.Contains(word, "://") {
			out = append(out, strings.TrimPrefix(path.Clean("/"+word), "/"))
		}
	}
	for _, s := range stages {
		for _, c := range s.Commands {
			switch c := c.(type) {
			case *instructions.CopyCommand:
				if c.From == "" {
					for _, s := range c.SourcePaths {
						add(s)
					}
				}
			case *instructions.AddCommand:
				for _, s := range c.SourcePaths {
					add(s)
				}
			case *instructions.RunCommand:
				if err := c.Expand(func(word string) (string, error) { return word, nil }); err != nil {
					t.Fatal(err)
				}
				for _, m := range instructions.GetMounts(c) {
					if m.Type == instructions.MountTypeBind && m.From == "" {
						add(m.Source)
					}
				}
			}
		}
	}
	for i, s := range out {
		if s == "" {
			out[i] = "."
		}
	}
	return out
}

var wildcard = regexp.MustCompile(`\[[^]]*\]|\$\{?[A-Za-z_]+\}?|\*+|\?`)

// instance is a path that a source stands for.
func instance(source string) string { return wildcard.ReplaceAllString(source, "x") }

// reaches tells whether a source stands for a path, or for what it lies in.
func reaches(source, name string) bool {
	elements := strings.Split(source, "/")
	for i, element := range strings.Split(name, "/") {
		if i == len(elements) {
			return true
		}
		if ok, err := path.Match(wildcard.ReplaceAllString(elements[i], "*"), element); !ok || err != nil {
			return source == "."
		}
	}
	return false
}

func mergeKeys(all ...map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, m := range all {
		maps.Copy(out, m)
	}
	return out
}

// sent are the files that BuildKit's client sends.
func sent(t *testing.T, root string, ignore []byte) map[string]bool {
	t.Helper()
	patterns, err := ignorefile.ReadAll(bytes.NewReader(ignore))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := fsutil.NewFS(root)
	if err == nil {
		tree, err = fsutil.NewFilterFS(tree, &fsutil.FilterOpt{ExcludePatterns: patterns})
	}
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	if err := tree.Walk(t.Context(), "", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			out[filepath.ToSlash(name)] = true
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}
