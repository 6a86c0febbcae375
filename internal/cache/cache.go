// Package cache keeps what was evaluated in the user's cache directory, for the
// next process.
package cache

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"

	gocache "github.com/rogpeppe/go-internal/cache"
)

// A Cache is a directory with what was evaluated, of any number of stacks. Its
// format is that of the go command's build cache: a file that has been damaged
// is as good as none, any number of processes may use it at once, and what
// nobody has used for five days is removed.
type Cache struct {
	files *gocache.Cache
	// command identifies the command and what changes how it evaluates: another
	// one finds nothing of what this one has kept.
	command string
}

// Dir is the directory to use where the user names none.
func Dir() (string, error) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "stagecue"), err
}

// Open makes the directory unless it is there. Settings are those that change
// how CUE evaluates.
func Open(dir string, settings ...string) (*Cache, error) {
	id, err := buildID()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	files, err := gocache.Open(dir)
	if err != nil {
		return nil, err
	}
	return &Cache{files: files, command: fmt.Sprintf("%q %q", id, settings)}, nil
}

// Parts are what parts of a stack of the module at root came to.
func (c *Cache) Parts(root, stack string) *Entries { return c.entries(root, stack, "parts", 50) }

// Variants are what variants of a stack came to. An edit of the stack leaves
// nothing of that, unless it is undone soon.
func (c *Cache) Variants(root, stack string) *Entries { return c.entries(root, stack, "variants", 5) }

func (c *Cache) entries(root, stack, of string, patience int) *Entries {
	id := sha256.Sum256(fmt.Appendf(nil, "%s %q %q %s", c.command, root, stack, of))
	return &Entries{files: c.files, id: id, patience: patience}
}
