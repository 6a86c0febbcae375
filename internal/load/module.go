// Package load finds the module and its stacks on disk and has CUE build them.
// It is the only user of cue/load.
package load

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	cueload "cuelang.org/go/cue/load"
	"cuelang.org/go/mod/modconfig"
	"cuelang.org/go/mod/modfile"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/snapshot"
	"stagecue.dev/schema"
)

// schemaInPkg is where a module other than Stagecue's own holds the schema.
const schemaInPkg = "cue.mod/pkg/" + schema.ImportPath

// moduleFile is the file that makes a directory a CUE module.
const moduleFile = "cue.mod/module.cue"

// localModuleFile says what takes the place of dependencies on this machine.
const localModuleFile = "cue.mod/local-module.cue"

// leastLanguage is the version of CUE's language that the schema is written
// in: the first with the builtin error.
const leastLanguage = "v0.14.0"

// A Module is a CUE module, as it was when it was opened: what happens to its
// files after that is not seen.
type Module struct {
	// Root is the absolute path of the directory that holds cue.mod.
	Root string
	// path is the import path of the module, without its major version.
	path string
	// Positions turns CUE's positions into the user's.
	Positions *cuediag.Positions

	snapshot *snapshot.Snapshot
	// mount is where CUE sees the snapshot.
	mount mount
	// overlay holds all that CUE may read, by the path at which it sees it.
	overlay map[string]cueload.Source
	// registry has the CUE modules that the module depends on.
	registry modconfig.Registry

	// schemaDir is the slash-separated place of the schema in the module, or
	// empty if it comes as a dependency.
	schemaDir string
	// builtIn holds the schema's files by their absolute paths, where the module
	// has none.
	builtIn map[string][]byte

	// stacks are the names of all stacks, and stacksError is why they cannot be
	// listed.
	stacks      []string
	stacksError error
	// refused is a directory of stages/ that is not to be passed over.
	refused *diag.Diagnostic
	// hasProject is whether there is a project.cue.
	hasProject bool
	// unreadable is what keeps a stack, or project.cue for ".", from being loaded.
	unreadable map[string]diag.List
}

// Root looks for the root of the module that dir lies in, upwards.
func Root(dir string) (root string, found bool, err error) {
	root, err = filepath.Abs(dir)
	if err != nil {
		return "", false, err
	}
	for {
		_, err := os.Stat(filepath.Join(root, filepath.FromSlash(moduleFile)))
		switch {
		case err == nil:
			return root, true, nil
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
			return "", false, err
		case root == filepath.Dir(root):
			return "", false, nil
		}
		root = filepath.Dir(root)
	}
}

// modulePart is the module's part of an import path.
func modulePart(importPath string) string {
	return importPath[:strings.LastIndexByte(importPath, '/')]
}

func hasDependency(file *modfile.File) bool {
	for version := range file.Deps {
		if name, _, _ := strings.Cut(version, "@"); name == modulePart(schema.ImportPath) {
			return true
		}
	}
	return false
}

// HasSchema tells whether the module needs no copy of the schema below
// cue.mod/pkg: it is the schema's own, or has it as a dependency.
func (m *Module) HasSchema() bool { return m.schemaDir != schemaInPkg }

// isSchema tells whether a file of the module belongs to the schema.
func (m *Module) isSchema(file string) bool {
	if m.schemaDir == "" {
		return false
	}
	rest, ok := strings.CutPrefix(file, m.schemaDir+"/")
	return ok && !strings.Contains(rest, "/")
}

// Source is the text of a file by its path in the module, for excerpts. It is
// false for a file that the module was not made of.
func (m *Module) Source(file string) ([]byte, bool) {
	name := filepath.Join(m.Root, filepath.FromSlash(file))
	if data, ok := m.builtIn[name]; ok {
		return data, true
	}
	data, err := m.snapshot.File(name)
	return data, err == nil
}

// Digest is equal for two modules that were made of the same bytes.
func (m *Module) Digest() [sha256.Size]byte { return m.snapshot.Digest() }

// ChangedSince lists the inputs that are not what they were in an earlier state
// of the module, by their paths in the module.
func (m *Module) ChangedSince(before *Module) []string {
	var out []string
	for _, name := range m.snapshot.ChangedSince(before.snapshot) {
		if rel, err := filepath.Rel(m.Root, name); err == nil && filepath.IsLocal(rel) {
			name = rel
		}
		out = append(out, filepath.ToSlash(name))
	}
	return out
}

// Inputs lists the absolute paths of the files that the module was made of.
func (m *Module) Inputs() []string { return m.snapshot.Files() }

// Dirs lists the absolute paths of the directories that the module was found in.
func (m *Module) Dirs() []string { return m.snapshot.Dirs() }

func sortedKeys[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }
