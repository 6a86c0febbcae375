// Package cuefmt formats CUE files as the stock `cue fmt` does.
package cuefmt

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/parser"

	"stagecue.dev/internal/cuediag"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// A File is a file that is not formatted.
type File struct {
	// Path is relative to the module's root, with slashes.
	Path          string
	Before, After []byte
}

// A Result is what Run found.
type Result struct {
	// Files are those that would change.
	Files    []File
	Findings diag.List
	texts    map[string][]byte
}

// Source returns the text of a file that was read, by its path in the module.
func (r *Result) Source(file string) ([]byte, bool) {
	text, ok := r.texts[file]
	return text, ok
}

// Run formats in memory: the files named, those below the directories named,
// and all of the module if there are none. paths are relative to root, the
// module's absolute path. Each file is read once.
func Run(root string, paths []string) *Result {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	r := &Result{texts: map[string][]byte{}}
	positions := cuediag.NewPositions(root, func(string) bool { return false }, r.Source)
	for _, path := range paths {
		err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(path)), func(abs string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, abs)
			if err != nil {
				return err
			}
			rel = filepath.ToSlash(rel)
			switch {
			case entry.IsDir() && rel != path && skipped(entry.Name()):
				return filepath.SkipDir
			case !entry.IsDir() && rel == path && filepath.Ext(abs) != ".cue":
				return errors.New("its name does not end in .cue")
			case entry.IsDir() || filepath.Ext(abs) != ".cue" || r.texts[rel] != nil:
				return nil
			}
			r.one(abs, rel, positions)
			return nil
		})
		if err != nil {
			r.Findings = append(r.Findings, unreadable(path, err))
		}
	}
	return r
}

// skipped reports whether a directory holds no packages of the module.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "cue.mod"
}

// one formats one file.
func (r *Result) one(abs, rel string, positions *cuediag.Positions) {
	before, err := os.ReadFile(abs)
	r.texts[rel] = append([]byte{}, before...)
	if err != nil {
		r.Findings = append(r.Findings, unreadable(rel, err))
		return
	}
	syntax, err := parser.ParseFile(abs, before, parser.ParseComments)
	var after []byte
	if err == nil {
		after, err = format.Node(syntax)
	}
	if err != nil {
		r.Findings = append(r.Findings, positions.Convert(err, cue.Value{}, diag.CodeSyntax)...)
		return
	}
	if !bytes.Equal(before, after) {
		r.Files = append(r.Files, File{Path: rel, Before: before, After: after})
	}
}

func unreadable(path string, err error) diag.Diagnostic {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return diag.Diagnostic{
		Code: diag.CodeIO, Severity: diag.Error, Span: source.Span{File: path},
		Message: "cannot read: " + err.Error(),
	}
}
