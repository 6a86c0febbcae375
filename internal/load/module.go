// Package load finds the module and its stacks on disk and has CUE build them.
// It is the only user of cue/load.
package load

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"cuelang.org/go/cue"
	"cuelang.org/go/mod/modfile"
	"golang.org/x/mod/semver"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
	"stagecue.dev/schema"
)

// schemaInPkg is where a module other than Stagecue's own holds the schema.
const schemaInPkg = "cue.mod/pkg/" + schema.ImportPath

// moduleFile is the file that makes a directory a CUE module.
const moduleFile = "cue.mod/module.cue"

// leastLanguage is the version of CUE's language that the schema is written
// in: the first with the builtin error.
const leastLanguage = "v0.14.0"

// A Module is a CUE module on disk.
type Module struct {
	// Root is the absolute path of the directory that holds cue.mod.
	Root string
	// Positions turns CUE's positions into the user's.
	Positions *cuediag.Positions

	// schemaDir is the slash-separated place of the schema in the module, or
	// empty if it comes as a dependency.
	schemaDir string
	// overlay holds the schema's files by absolute path, where the module has none.
	overlay map[string][]byte
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

// FindModule opens the module that dir lies in.
func FindModule(dir string) (*Module, *diag.Diagnostic) {
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
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(moduleFile)))
	if err != nil {
		return nil, ioError(source.Span{File: moduleFile}, "cannot read the file", err)
	}
	return openModule(root, data)
}

func openModule(root string, data []byte) (*Module, *diag.Diagnostic) {
	m := &Module{Root: root, schemaDir: schemaInPkg}
	file, err := modfile.ParseNonStrict(data, moduleFile)
	if err != nil {
		m.Positions = cuediag.NewPositions(root, m.isSchema, m.Source)
		found := m.Positions.Convert(err, cue.Value{}, diag.CodeLoad)
		if !found[0].Span.IsValid() {
			found[0].Span.File = moduleFile
		}
		return nil, &found[0]
	}
	if version := file.Language.Version; semver.Compare(version, leastLanguage) < 0 {
		return nil, &diag.Diagnostic{
			Code: diag.CodeLoad, Severity: diag.Error, Span: source.Span{File: moduleFile},
			Message: fmt.Sprintf("the schema needs CUE's language version %s, and the module declares %s", leastLanguage, version),
			Help:    "raise language.version in the module file",
		}
	}
	switch {
	case file.ModulePath() == path(schema.ImportPath):
		m.schemaDir = "schema"
	case hasDependency(file):
		m.schemaDir = ""
	}
	if problem := m.readSchema(); problem != nil {
		return nil, problem
	}
	m.Positions = cuediag.NewPositions(root, m.isSchema, m.Source)
	return m, nil
}

// path is the module's part of an import path.
func path(importPath string) string {
	return importPath[:strings.LastIndexByte(importPath, '/')]
}

func hasDependency(file *modfile.File) bool {
	for version := range file.Deps {
		if name, _, _ := strings.Cut(version, "@"); name == path(schema.ImportPath) {
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
func (m *Module) readSchema() *diag.Diagnostic {
	if m.schemaDir == "" {
		return nil
	}
	dir := filepath.Join(m.Root, filepath.FromSlash(m.schemaDir))
	onDisk, err := filepath.Glob(filepath.Join(dir, "*.cue"))
	if err != nil {
		return ioError(source.Span{File: m.schemaDir}, "cannot list the schema", err)
	}
	own, err := fs.Glob(schema.Files, "*.cue")
	if err != nil {
		return ioError(source.Span{}, "cannot list the built-in schema", err)
	}
	names := map[string]bool{}
	for _, name := range onDisk {
		names[filepath.Base(name)] = true
	}
	m.overlay = map[string][]byte{}
	for _, name := range own {
		want, err := schema.Files.ReadFile(name)
		if err != nil {
			return ioError(source.Span{}, "cannot read the built-in schema", err)
		}
		if len(onDisk) == 0 {
			m.overlay[filepath.Join(dir, name)] = want
			continue
		}
		have, err := os.ReadFile(filepath.Join(dir, name))
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

// Source is the text of a file by its path in the module, for excerpts.
func (m *Module) Source(file string) ([]byte, bool) {
	return m.text(filepath.Join(m.Root, filepath.FromSlash(file)))
}

// text is the text of a file by its absolute path.
func (m *Module) text(abs string) ([]byte, bool) {
	if data, ok := m.overlay[abs]; ok {
		return data, true
	}
	data, err := os.ReadFile(abs)
	return data, err == nil
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
