// Package load finds the module and its stacks on disk and has CUE build them.
// It is the only user of cue/load.
package load

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"cuelang.org/go/cue"
	cueload "cuelang.org/go/cue/load"
	"cuelang.org/go/mod/modconfig"
	"cuelang.org/go/mod/modfile"
	"golang.org/x/mod/semver"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/snapshot"
	"stagecue.dev/internal/source"
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

// FindModule opens the module that dir lies in, and reads all that the stacks of
// the given names are made of; of all stacks, if there are none. With a
// diagnostic, nothing can be compiled; a module that is returned along with it
// has sources for excerpts, and can be watched.
func FindModule(dir string, stacks ...string) (*Module, *diag.Diagnostic) {
	root, found, err := Root(dir)
	if err != nil {
		return nil, ioError(source.Span{}, "cannot look for "+moduleFile, err)
	}
	if !found {
		return nil, &diag.Diagnostic{
			Code: diag.CodeNoModule, Severity: diag.Error,
			Message: "there is no CUE module here: no directory up from this one holds " + moduleFile,
			Help:    "run `stagecue init` in the directory that is to become the module's root",
		}
	}
	m := &Module{}
	var problem *diag.Diagnostic
	taken, err := snapshot.Take(func(r *snapshot.Reader) {
		*m = Module{Root: root, mount: newMount(root), schemaDir: schemaInPkg}
		problem = m.read(r, stacks)
	})
	if err != nil {
		return nil, m.changing(err)
	}
	m.snapshot = taken
	if offline, ok := m.registry.(*offline); ok {
		offline.snapshot = taken
	}
	m.overlay = map[string]cueload.Source{}
	for _, name := range taken.Files() {
		data, _ := taken.File(name) // Files lists those that could be read
		m.overlay[m.mount.path(name)] = cueload.FromBytes(data)
	}
	for name, data := range m.builtIn {
		m.overlay[m.mount.path(name)] = cueload.FromBytes(data)
	}
	m.Positions = cuediag.NewPositions(m.mount.path(root), m.isSchema, m.Source)
	return m, problem
}

// changing reports files that are written faster than they can be read.
func (m *Module) changing(err error) *diag.Diagnostic {
	var span source.Span
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		if rel, err := filepath.Rel(m.Root, path.Path); err == nil && filepath.IsLocal(rel) {
			span.File = filepath.ToSlash(rel)
		}
	}
	d := ioError(span, "cannot read the module", err)
	d.Help = "wait until the program that writes here has finished, and run the command again"
	return d
}

// read reads all inputs, and returns what is wrong with the module as a whole.
func (m *Module) read(r *snapshot.Reader, names []string) *diag.Diagnostic {
	data, err := r.File(filepath.Join(m.Root, filepath.FromSlash(moduleFile)))
	if err != nil {
		return ioError(source.Span{File: moduleFile}, "cannot read the file", err)
	}
	file, problem := m.moduleFile(r, data)
	if problem != nil {
		return problem
	}
	switch {
	case file.ModulePath() == modulePart(schema.ImportPath):
		m.schemaDir = "schema"
	case hasDependency(file):
		m.schemaDir = ""
	}
	if problem := m.readSchema(r); problem != nil {
		return problem
	}
	m.path = file.ModulePath()
	deps := newDependencies(r, m.Root, file)
	c := &collector{reader: r, main: tree{m.Root, m.path}, deps: deps, packages: map[string]*inputs{}}
	m.stacks, m.stacksError = stackDirs(r, filepath.Join(m.Root, stacksDir))
	m.unreadable = map[string]diag.List{}
	if len(names) == 0 {
		names = m.stacks
	}
	for _, name := range names {
		if slices.Contains(m.stacks, name) {
			m.unreadable[name] = c.gather(stacksDir + "/" + name)
		}
	}
	if m.hasProject = r.Has(filepath.Join(m.Root, projectFile)); m.hasProject {
		m.unreadable["."] = c.gather(".")
		if _, err := r.File(filepath.Join(m.Root, projectFile)); err == snapshot.ErrNotRegular {
			m.unreadable["."] = diag.List{*ioError(source.Span{File: projectFile}, "cannot read the file", err)}
		}
	}
	m.registry = &offline{mount: m.mount, dirs: deps.found}
	return nil
}

// moduleFile reads the module file, with what local-module.cue says instead.
func (m *Module) moduleFile(r *snapshot.Reader, data []byte) (*modfile.File, *diag.Diagnostic) {
	file, err := modfile.ParseNonStrict(data, moduleFile)
	if err != nil {
		return nil, m.notModule(data, moduleFile, err)
	}
	if version := file.Language.Version; semver.Compare(version, leastLanguage) < 0 {
		return nil, &diag.Diagnostic{
			Code: diag.CodeLoad, Severity: diag.Error, Span: source.Span{File: moduleFile},
			Message: fmt.Sprintf("the schema needs CUE's language version %s, and the module declares %s", leastLanguage, version),
			Help:    "raise language.version in the module file",
		}
	}
	name := filepath.Join(m.Root, filepath.FromSlash(localModuleFile))
	if !r.Has(name) {
		return file, nil
	}
	if data, err = r.File(name); err != nil {
		return nil, ioError(source.Span{File: localModuleFile}, "cannot read the file", err)
	}
	local, err := modfile.ParseLocal(data, localModuleFile, file)
	if err != nil {
		return nil, m.notModule(data, localModuleFile, err)
	}
	for _, name := range sortedKeys(local.Deps) {
		if with := local.Deps[name].ReplaceWith; filepath.IsAbs(with) {
			return nil, &diag.Diagnostic{
				Code: diag.CodeLoad, Severity: diag.Error, Span: source.Span{File: localModuleFile},
				Message: fmt.Sprintf("%s is replaced with an absolute path", name),
				Help:    "write the path relative to the module's root: ../" + filepath.Base(with),
			}
		}
	}
	return local, nil
}

// notModule reports a file that is no module file.
func (m *Module) notModule(data []byte, file string, err error) *diag.Diagnostic {
	positions := cuediag.NewPositions(m.mount.path(m.Root), m.isSchema, func(name string) ([]byte, bool) { return data, name == file })
	found := positions.Convert(err, cue.Value{}, diag.CodeLoad)
	if !found[0].Span.IsValid() {
		found[0].Span.File = file
	}
	return &found[0]
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

// readSchema compares the module's schema with the tool's own, file by file:
// what the compiler decodes must be what the user's editor has checked. Where
// the module holds none, the tool's own is laid over the file system.
func (m *Module) readSchema(r *snapshot.Reader) *diag.Diagnostic {
	if m.schemaDir == "" {
		return nil
	}
	dir := filepath.Join(m.Root, filepath.FromSlash(m.schemaDir))
	entries, err := r.Dir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ioError(source.Span{File: m.schemaDir}, "cannot list the schema", err)
	}
	own, err := fs.Glob(schema.Files, "*.cue")
	if err != nil {
		return ioError(source.Span{}, "cannot list the built-in schema", err)
	}
	names := map[string]bool{}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".cue" {
			names[e.Name()] = true
		}
	}
	onDisk := len(names) > 0
	m.builtIn = map[string][]byte{}
	for _, name := range own {
		want, err := schema.Files.ReadFile(name)
		if err != nil {
			return ioError(source.Span{}, "cannot read the built-in schema", err)
		}
		if !onDisk {
			m.builtIn[filepath.Join(dir, name)] = want
			continue
		}
		have, err := r.File(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return ioError(source.Span{File: m.schemaDir + "/" + name}, "cannot read the schema", err)
		}
		// git may have given the lines other ends, which CUE does not mind.
		if !bytes.Equal(bytes.ReplaceAll(have, []byte("\r\n"), []byte("\n")), want) {
			return m.mismatch(name)
		}
		delete(names, name)
	}
	for _, name := range sortedKeys(names) {
		return m.mismatch(name)
	}
	return nil
}

func (m *Module) mismatch(name string) *diag.Diagnostic {
	help := fmt.Sprintf("remove the directory %s and run `stagecue init`, which writes it anew", m.schemaDir)
	if m.schemaDir == "schema" {
		help = "build the command from this repository: go run ./cmd/stagecue"
	}
	return &diag.Diagnostic{
		Code: diag.CodeSchemaMismatch, Severity: diag.Error,
		Span:    source.Span{File: m.schemaDir + "/" + name},
		Message: "the schema in the module is not the one that this version of stagecue understands",
		Help:    help,
	}
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
