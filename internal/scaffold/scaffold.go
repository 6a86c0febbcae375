// Package scaffold starts a module: what it takes until `gen` writes a first
// Dockerfile, and nothing more.
package scaffold

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"stagecue.dev/schema"
)

//go:embed hello.cue
var hello []byte

// schemaDir is where a module holds the schema: stock `cue` and its language
// server find it there without a registry.
const schemaDir = "cue.mod/pkg/" + schema.ImportPath

// moduleName is the module's name where the user gives none, the same as that
// of `cue mod init`.
const moduleName = "cue.example"

// Init writes what the module at root lacks and returns the paths of the files
// that it has written, relative to root. Files that exist are left alone.
func Init(root, module string) ([]string, error) {
	if module == "" {
		module = moduleName
	}
	if !strings.Contains(module, "@") {
		module += "@v0"
	}
	type file struct {
		path string
		data []byte
	}
	files := []file{{
		"cue.mod/module.cue",
		fmt.Appendf(nil, "module: %q\nlanguage: {\n\tversion: \"v0.17.0\"\n}\n", module),
	}}
	names, err := fs.Glob(schema.Files, "*.cue")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := schema.Files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{schemaDir + "/" + name, data})
	}
	// A module that has stages needs no example.
	if _, err := os.Stat(filepath.Join(root, "stages")); errors.Is(err, fs.ErrNotExist) {
		files = append(files, file{"stages/hello/hello.cue", hello})
	}
	var written []string
	for _, f := range files {
		ok, err := create(filepath.Join(root, filepath.FromSlash(f.path)), f.data)
		if err != nil {
			return written, fmt.Errorf("%s: %w", f.path, reason(err))
		}
		if ok {
			written = append(written, f.path)
		}
	}
	return written, nil
}

// create writes a file unless there is one.
func create(path string, data []byte) (bool, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return false, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = f.Write(data)
	return true, errors.Join(err, f.Close())
}

// reason is an error without the path in it, which would be this machine's own.
func reason(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
