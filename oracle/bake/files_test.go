package bake

import (
	"encoding/json"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// source is a file as it is written.
type source struct {
	Variable map[string]struct{ Default *string }
	Group    map[string]struct{ Targets []string }
	Target   map[string]json.RawMessage
}

// files are all files for bake below generated/, by their paths.
func files(t testing.TB) map[string]source {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	// filepath.Join would shorten the path, and the go command not see that a
	// file has changed: see package oracle.
	tree := os.DirFS(here + "/" + root + "/generated")
	out := map[string]source{}
	err = fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != "docker-bake.json" {
			return err
		}
		text, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		var s source
		if err := json.Unmarshal(text, &s); err != nil {
			return err
		}
		out["generated/"+path] = s
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatal("there is no docker-bake.json below generated/: `stagecue gen` makes it")
	}
	return out
}

// given are values for all variables, of each kind what it takes.
func given(t testing.TB, s source) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name := range s.Variable {
		switch kind, _, _ := strings.Cut(name, "_"); kind {
		case "ARG":
			out[name] = "given-" + strings.ToLower(name)
		case "SECRET":
			out[name] = "env=HOME"
		case "SSH":
			socket := filepath.Join(t.TempDir(), "s")
			l, err := net.Listen("unix", socket)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { l.Close() })
			out[name] = socket
		case "CONTEXT":
			out[name] = t.TempDir()
		default:
			out[name] = "given"
		}
	}
	return out
}

// TestFiles has buildx resolve each group and each target of each file, with
// nothing given and with all variables given, and holds what comes out against
// the Dockerfiles.
func TestFiles(t *testing.T) {
	for path, file := range files(t) {
		for name, variables := range map[string]map[string]string{"nothing given": nil, "all given": given(t, file)} {
			t.Run(path+" "+name, func(t *testing.T) {
				t.Parallel()
				all, err := bakePrint(t, root, path, variables, slices.Sorted(maps.Keys(file.Target))...)
				if err != nil {
					t.Fatal(err)
				}
				if len(all.Target) != len(file.Target) {
					t.Errorf("%d targets of %d", len(all.Target), len(file.Target))
				}
				for _, name := range slices.Sorted(maps.Keys(all.Target)) {
					for _, complaint := range judge(all.Target[name], variables) {
						t.Errorf("%s: %s", name, complaint)
					}
				}
				if variables == nil {
					groups(t, path, file)
				} else {
					passed(t, all)
				}
			})
		}
	}
}

// passed holds that each secret that a Dockerfile mounts is passed to one of its
// targets.
func passed(t *testing.T, all printed) {
	ids := map[string][]string{}
	for _, target := range all.Target {
		for _, s := range target.Secret {
			ids[target.Dockerfile] = append(ids[target.Dockerfile], s.ID)
		}
	}
	for _, target := range all.Target {
		file, local := strings.CutPrefix(target.Dockerfile, "cwd://")
		if !local {
			file = filepath.Join(target.Context, file)
		}
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range secrets(string(text)) {
			if !slices.Contains(ids[target.Dockerfile], id) {
				t.Errorf("no target of %s is given the secret %q", file, id)
			}
		}
	}
}

// TestParents fails if no file has a target that is built from another one: then
// nothing would be tried of that.
func TestParents(t *testing.T) {
	for path := range files(t) {
		all, err := bakePrint(t, root, path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range all.Target {
			for _, context := range target.Contexts {
				if strings.HasPrefix(context, "target:") {
					return
				}
			}
		}
	}
	t.Error("no target of any file is built from another one")
}

// groups has buildx resolve each group.
func groups(t *testing.T, path string, file source) {
	for _, name := range slices.Sorted(maps.Keys(file.Group)) {
		got, err := bakePrint(t, root, path, nil, name)
		if err != nil {
			t.Errorf("group %s: %v", name, err)
			continue
		}
		// What others are built from comes along.
		for _, want := range members(file, name) {
			if _, ok := got.Target[want]; !ok {
				t.Errorf("the group %s lacks the target %s", name, want)
			}
		}
	}
	if got := members(file, "default"); len(got) == 0 {
		t.Error("the group default is empty")
	}
	// A dot may be typed for what is an underscore in a name.
	for _, name := range slices.Sorted(maps.Keys(file.Group)) {
		if strings.Contains(name, "_") {
			if _, err := bakePrint(t, root, path, nil, strings.ReplaceAll(name, "_", ".")); err != nil {
				t.Errorf("group %s, with dots: %v", name, err)
			}
			break
		}
	}
}

// members are the targets of a group, and of the groups in it.
func members(file source, group string) []string {
	var out []string
	for _, name := range file.Group[group].Targets {
		if _, ok := file.Target[name]; ok {
			out = append(out, name)
		} else {
			out = append(out, members(file, name)...)
		}
	}
	return out
}
