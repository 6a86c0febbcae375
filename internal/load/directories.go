package load

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/snapshot"
	"stagecue.dev/internal/source"
)

// directories are those below stages/.
type directories struct {
	reader *snapshot.Reader
	base   string
	// stacks are the paths, below stages/, of those that hold a package.
	stacks []string
	// problem is the first that is not to be passed over.
	problem *diag.Diagnostic
}

// stackDirs looks for stacks below stages/. The problem is a directory that CUE
// would pass over, so that its stack would be gone, and its files removed. The
// error is one of the operating system's.
func stackDirs(r *snapshot.Reader, root string) (*directories, error) {
	d := &directories{reader: r, base: filepath.Join(root, stacksDir)}
	entries, err := r.Dir(root)
	if err != nil {
		return d, err
	}
	for _, e := range entries {
		if e.Name() == stacksDir && e.Type()&fs.ModeSymlink != 0 {
			d.refuse(stacksDir, diag.CodeSymlink, "the directory of the stacks is a symbolic link", "put the stacks into the module")
			return d, nil
		}
	}
	err = d.walk(".")
	slices.Sort(d.stacks)
	return d, err
}

// walk looks at a directory, by its path below stages/.
func (d *directories) walk(rel string) error {
	entries, err := d.reader.Dir(filepath.Join(d.base, filepath.FromSlash(rel)))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && isPackageFile(e.Name()) }) {
		d.stacks = append(d.stacks, rel)
		if !utf8.ValidString(rel) {
			d.refuse(stacksDir+"/"+rel, diag.CodeLoad, "the name of the stack's directory is not UTF-8, so CUE has no name for its package", "rename the directory")
		}
	}
	for _, e := range entries {
		name := e.Name()
		// What the cue command ignores in ./... is no stack either.
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "cue.mod" {
			continue
		}
		path := strings.TrimPrefix(rel+"/"+name, "./")
		switch {
		case e.IsDir():
			if err := d.walk(path); err != nil {
				return err
			}
		case e.Type()&fs.ModeSymlink != 0:
			d.link(path)
		}
	}
	return nil
}

// link refuses a symbolic link to a directory with packages in it, and one to
// nowhere that may have been one.
func (d *directories) link(rel string) {
	name := filepath.Join(d.base, filepath.FromSlash(rel))
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir() && holdsPackage(name):
		d.refuse(stacksDir+"/"+rel, diag.CodeSymlink,
			"this directory is a symbolic link, and CUE would pass over the packages in it", "put the directory itself here, or remove the link")
	case err != nil && filepath.Ext(rel) == "":
		d.refuse(stacksDir+"/"+rel, diag.CodeSymlink,
			fmt.Sprintf("%q is a symbolic link to nowhere: a stack may have been there", filepath.Base(rel)), "mend the link's target and put the directory itself here, or remove the link")
	}
}

// holdsPackage reports whether a file of a package lies somewhere in the directory
// that a link leads to.
func holdsPackage(link string) bool {
	dir, err := filepath.EvalSymlinks(link)
	if err != nil {
		return false
	}
	found := false
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && isPackageFile(e.Name()) {
			found = true
			return filepath.SkipAll
		}
		return nil // what cannot be read holds none
	})
	return found
}

func (d *directories) refuse(file string, code diag.Code, message, help string) {
	if d.problem == nil {
		d.problem = &diag.Diagnostic{Code: code, Severity: diag.Error, Span: source.Span{File: file}, Message: message, Help: help}
	}
}
