package load

import (
	"fmt"
	"path/filepath"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/mod/modconfig"
	"cuelang.org/go/mod/modfile"
	"cuelang.org/go/mod/module"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/snapshot"
)

// dependencies are the CUE modules that the module file lists. They are read from
// CUE's module cache, never from the network.
type dependencies struct {
	reader *snapshot.Reader
	root   string
	file   *modfile.File
	// cache is CUE's module cache. Nothing is read for it before it is asked.
	cache *modconfig.LazyRegistry
	// found are the absolute paths of the modules that imports led to.
	found map[module.Version]string
}

func newDependencies(r *snapshot.Reader, root string, file *modfile.File) *dependencies {
	return &dependencies{reader: r, root: root, file: file, found: map[module.Version]string{}, cache: &modconfig.LazyRegistry{
		New: func() (modconfig.CachedRegistry, error) { return modconfig.NewRegistry(nil) },
	}}
}

// trees finds the dependencies that may hold the package of an import path, and
// reports, without a place, those that the cache lacks.
func (d *dependencies) trees(path string) (found []tree, missing diag.List) {
	for _, name := range sortedKeys(d.file.Deps) {
		base, _, _ := strings.Cut(name, "@")
		if _, ok := below(path, base); !ok {
			continue
		}
		dir, err := d.dir(name)
		if err != nil {
			missing = append(missing, diag.Diagnostic{
				Code: diag.CodeMissingDependency, Severity: diag.Error,
				Message: fmt.Sprintf("the CUE module %s is not in CUE's module cache, and compiling never uses the network", shownVersion(name, d.file.Deps[name])),
				Help:    "run `cue mod tidy`, which fetches it",
			})
			continue
		}
		_, _ = d.reader.File(filepath.Join(dir, filepath.FromSlash(moduleFile))) // CUE says what is wrong with it
		found = append(found, tree{dir, base})
	}
	return found, missing
}

func shownVersion(name string, dep *modfile.Dep) string {
	base, _, _ := strings.Cut(name, "@")
	return base + "@" + dep.Version
}

// dir is the absolute path of a dependency's files.
func (d *dependencies) dir(name string) (string, error) {
	dep := d.file.Deps[name]
	version := dep.Version
	if with := dep.ReplaceWith; isDirectory(with) {
		return filepath.Join(d.root, filepath.FromSlash(with)), nil
	} else if with != "" {
		name, version = d.replacement(with)
	}
	mv, err := module.NewVersion(name, version)
	if err != nil {
		return "", err
	}
	if dir, ok := d.found[mv]; ok {
		return dir, nil
	}
	loc, err := d.cache.FetchFromCache(mv)
	if err != nil {
		return "", err
	}
	root, ok := loc.FS.(module.OSRootFS)
	if !ok {
		return "", fmt.Errorf("the cache holds %v in no directory", mv)
	}
	dir := filepath.Join(root.OSRoot(), filepath.FromSlash(loc.Dir))
	d.found[mv] = dir
	return dir, nil
}

// replacement is the module, with its version, that takes the place of another.
func (d *dependencies) replacement(with string) (name, version string) {
	base, version, _ := ast.SplitPackageVersion(with)
	for name, dep := range d.file.Deps {
		other, major, _ := strings.Cut(name, "@")
		if other == base && (version == "" && dep.Default || version == major || strings.HasPrefix(version, major+".")) && dep.Version != "" {
			return name, dep.Version
		}
	}
	major, _, _ := strings.Cut(version, ".")
	return base + "@" + major, version
}

// isDirectory reports whether a replacement is a directory, as CUE tells it.
func isDirectory(with string) bool {
	return strings.HasPrefix(with, ".") || strings.HasPrefix(with, "/") || filepath.VolumeName(with) != ""
}
