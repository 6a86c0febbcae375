//go:build linux

package base

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"stagecue.dev/e2e/builder"
)

// A Cache keeps images. Processes may share one, and may be interrupted: an image
// is there as a whole or not at all.
type Cache struct{ Dir string }

// UserCache is the cache of whoever runs this.
func UserCache() (Cache, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "stagecue-e2e")
	return Cache{Dir: dir}, os.MkdirAll(dir, 0o700)
}

// Get is the image, made if it is not there yet.
func (c Cache) Get(ctx context.Context, image Image) (builder.Layout, error) {
	unlock, err := c.lock()
	if err != nil {
		return builder.Layout{}, err
	}
	defer unlock()
	done := filepath.Join(c.Dir, image.Key)
	layout, err := openLayout(done)
	if !errors.Is(err, fs.ErrNotExist) {
		return layout, err
	}
	// Whoever made what begins so has been interrupted: it would hold the lock.
	if err := c.sweep(); err != nil {
		return builder.Layout{}, err
	}
	unfinished, err := os.MkdirTemp(c.Dir, unfinishedPrefix)
	if err != nil {
		return builder.Layout{}, err
	}
	defer os.RemoveAll(unfinished)
	root, made := filepath.Join(unfinished, "root"), filepath.Join(unfinished, "layout")
	if err := os.Mkdir(root, 0o755); err != nil {
		return builder.Layout{}, err
	}
	if err := image.root(ctx, root); err != nil {
		return builder.Layout{}, fmt.Errorf("making %s: %w", image.Name, err)
	}
	if err := writeLayout(ctx, made, root); err != nil {
		return builder.Layout{}, fmt.Errorf("packing %s: %w", image.Name, err)
	}
	if err := os.Rename(made, done); err != nil {
		return builder.Layout{}, err
	}
	return openLayout(done)
}

const unfinishedPrefix = "unfinished-"

// sweep removes what interrupted runs have left.
func (c Cache) sweep() error {
	entries, err := os.ReadDir(c.Dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), unfinishedPrefix) {
			if err := os.RemoveAll(filepath.Join(c.Dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// lock waits until no other process works in the cache. It ends with the process.
func (c Cache) lock() (unlock func(), err error) {
	file, err := os.OpenFile(filepath.Join(c.Dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		file.Close()
		return nil, err
	}
	return func() { file.Close() }, nil
}
