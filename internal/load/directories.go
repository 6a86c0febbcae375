package load

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"stagecue.dev/internal/snapshot"
)

// stackDirs lists the directories below stages/ that hold a package, by their
// paths below it.
func stackDirs(r *snapshot.Reader, base string) ([]string, error) {
	var names []string
	var walk func(rel string) error
	walk = func(rel string) error {
		entries, err := r.Dir(filepath.Join(base, filepath.FromSlash(rel)))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && isPackageFile(e.Name()) }) {
			names = append(names, rel)
		}
		for _, e := range entries {
			name := e.Name()
			// What the cue command ignores in ./... is no stack either.
			if !e.IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "cue.mod" {
				continue
			}
			if err := walk(strings.TrimPrefix(rel+"/"+name, "./")); err != nil {
				return err
			}
		}
		return nil
	}
	err := walk(".")
	slices.Sort(names)
	return names, err
}
