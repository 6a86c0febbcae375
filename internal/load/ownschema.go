package load

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/snapshot"
	"stagecue.dev/internal/source"
	"stagecue.dev/schema"
)

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
