package load

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"cuelang.org/go/cue/inject/embed"
	"cuelang.org/go/cue/parser"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/snapshot"
	"stagecue.dev/internal/source"
)

// embedded reads the data files that a file of a package embeds. A file that is
// not there, or that CUE cannot decode, is reported where it is compiled.
func (c *collector) embedded(name string, data []byte, of tree) diag.List {
	syntax, err := parser.ParseFile(name, data)
	if err != nil {
		return nil
	}
	embeds, _ := embed.EmbeddedPaths(filepath.Base(name), syntax)
	dir := filepath.Dir(name)
	var list diag.List
	for _, e := range embeds {
		found, _ := e.FindAll(directoryFS{c.reader, dir})
		for _, file := range found {
			at := e.Attribute.Pos.Position()
			place := source.Span{File: c.shown(name), Line: at.Line, Column: at.Column}
			if d := c.dataFile(dir, file, of); d != nil {
				if !d.Span.IsValid() {
					d.Span = place
				}
				list = append(list, *d)
			}
		}
	}
	return list
}

// dataFile reads one embedded file, by its slash-separated path in the directory.
func (c *collector) dataFile(dir, file string, of tree) *diag.Diagnostic {
	abs := filepath.Join(dir, filepath.FromSlash(file))
	if leaves(abs, of.root) {
		return &diag.Diagnostic{
			Code: diag.CodeSymlink, Severity: diag.Error,
			Message: fmt.Sprintf("the embedded file %q is reached through a symbolic link that leaves the module", file),
			Help:    "put the file, or a copy of it, into the module: a change of a file elsewhere is in no commit",
		}
	}
	// CUE refuses files of a module inside of this one, if it sees that module.
	for d := path.Dir(file); d != "."; d = path.Dir(d) {
		nested := filepath.Join(dir, filepath.FromSlash(d), "cue.mod")
		if c.reader.Has(nested) {
			_, _ = c.reader.File(filepath.Join(nested, "module.cue"))
		}
	}
	data, err := c.reader.File(abs)
	if err != nil {
		return ioError(source.Span{}, fmt.Sprintf("cannot read the embedded file %q", file), err)
	}
	if filepath.Ext(abs) == ".json" {
		return nesting(c.shown(abs), data)
	}
	return nil
}

// leaves reports whether a path leads out of a directory through a symbolic link.
func leaves(name, root string) bool {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return false // it cannot be read, and that is reported
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return false
	}
	rel, err := filepath.Rel(root, name)
	return err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// directoryFS is a directory as CUE looks for embedded files in it. It opens none.
type directoryFS struct {
	reader *snapshot.Reader
	dir    string
}

func (d directoryFS) abs(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

// Open refuses to open a file: the collector reads it.
func (d directoryFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}

// Stat implements fs.StatFS.
func (d directoryFS) Stat(name string) (fs.FileInfo, error) {
	d.reader.Has(d.abs(name)) // that it is there, or not, is part of the snapshot
	return os.Stat(d.abs(name))
}

// ReadDir implements fs.ReadDirFS.
func (d directoryFS) ReadDir(name string) ([]fs.DirEntry, error) { return d.reader.Dir(d.abs(name)) }

// Sub implements fs.SubFS.
func (d directoryFS) Sub(name string) (fs.FS, error) { return directoryFS{d.reader, d.abs(name)}, nil }
