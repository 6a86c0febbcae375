package load

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"cuelang.org/go/cue"
	cueload "cuelang.org/go/cue/load"
	"cuelang.org/go/mod/modfile"
	"golang.org/x/mod/semver"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/snapshot"
	"stagecue.dev/internal/source"
	"stagecue.dev/schema"
)

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
	// A watch is to see a module file that was broken and is no more.
	_, _ = r.Dir(m.Root)
	_, _ = r.Dir(filepath.Join(m.Root, "cue.mod"))
	data, err := r.File(filepath.Join(m.Root, filepath.FromSlash(moduleFile)))
	if err != nil {
		return ioError(source.Span{File: moduleFile}, "cannot read the file", err)
	}
	if d := nesting(moduleFile, data); d != nil {
		return d
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
	dirs, err := stackDirs(r, m.Root)
	m.stacks, m.stacksError, m.refused = dirs.stacks, err, dirs.problem
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
