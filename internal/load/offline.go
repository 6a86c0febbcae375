package load

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing/fstest"

	"cuelang.org/go/mod/modfile"
	"cuelang.org/go/mod/module"

	"stagecue.dev/internal/snapshot"
)

// offline is a registry of the CUE modules in a snapshot. It knows no others.
type offline struct {
	snapshot *snapshot.Snapshot
	mount    mount
	dirs     map[module.Version]string
}

var errOffline = errors.New("it is not in CUE's module cache, and compiling never uses the network: run `cue mod tidy`")

// ModFile implements modconfig.Registry.
func (o *offline) ModFile(_ context.Context, mv module.Version) (*modfile.File, error) {
	dir, ok := o.dirs[mv]
	if !ok {
		return nil, errOffline
	}
	data, err := o.snapshot.File(filepath.Join(dir, filepath.FromSlash(moduleFile)))
	if err != nil {
		return nil, errOffline
	}
	return modfile.ParseNonStrict(data, moduleFile)
}

// Fetch implements modconfig.Registry.
func (o *offline) Fetch(_ context.Context, mv module.Version) (module.SourceLoc, error) {
	dir, ok := o.dirs[mv]
	if !ok {
		return module.SourceLoc{}, errOffline
	}
	files := fstest.MapFS{}
	for _, name := range o.snapshot.Files() {
		if rest, ok := strings.CutPrefix(name, dir+string(filepath.Separator)); ok {
			data, _ := o.snapshot.File(name)
			files[filepath.ToSlash(rest)] = &fstest.MapFile{Data: data}
		}
	}
	return module.SourceLoc{FS: mountedFS{files, o.mount.path(dir)}, Dir: "."}, nil
}

// ModuleVersions implements modconfig.Registry.
func (o *offline) ModuleVersions(context.Context, string) ([]string, error) { return nil, errOffline }

// mountedFS is a directory of the snapshot that knows where CUE sees it.
type mountedFS struct {
	fs.FS
	root string
}

// OSRoot implements module.OSRootFS.
func (m mountedFS) OSRoot() string { return m.root }
