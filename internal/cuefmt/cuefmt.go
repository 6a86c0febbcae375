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

// Run formats in memory: the files named, those below the directories named,
// and all of the module if there are none. It returns the files that would
// change. paths are relative to root, the module's absolute path.
func Run(root string, paths []string, positions *cuediag.Positions) ([]File, diag.List) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var files []File
	var list diag.List
	seen := map[string]bool{}
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
			case entry.IsDir() || filepath.Ext(abs) != ".cue" || seen[rel]:
				return nil
			}
			seen[rel] = true
			file, problems := one(abs, rel, positions)
			list = append(list, problems...)
			if file != nil {
				files = append(files, *file)
			}
			return nil
		})
		if err != nil {
			list = append(list, unreadable(path, err))
		}
	}
	return files, list
}

// skipped tells directories that hold no packages of the module.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "cue.mod"
}

func one(abs, rel string, positions *cuediag.Positions) (*File, diag.List) {
	before, err := os.ReadFile(abs)
	if err != nil {
		return nil, diag.List{unreadable(rel, err)}
	}
	syntax, err := parser.ParseFile(abs, before, parser.ParseComments)
	if err != nil {
		return nil, positions.Convert(err, cue.Value{}, diag.CodeSyntax)
	}
	after, err := format.Node(syntax)
	if err != nil {
		return nil, positions.Convert(err, cue.Value{}, diag.CodeSyntax)
	}
	if bytes.Equal(before, after) {
		return nil, nil
	}
	return &File{Path: rel, Before: before, After: after}, nil
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
