// Package snapshot reads files once and proves that all of them stood on disk at
// one moment. What it has read never changes, whatever happens to the files.
package snapshot

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"
)

// A Snapshot holds the files and directories that a Reader was asked for, by
// absolute path, as they were at one moment. It is safe for use by several
// goroutines.
type Snapshot struct {
	files map[string]*file
	dirs  map[string]*directory
}

// File returns the bytes of a file, which the caller must not change. The error
// is the one that reading the file gave, or fs.ErrNotExist for a file that the
// Reader was not asked for.
func (s *Snapshot) File(name string) ([]byte, error) {
	f, ok := s.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return f.data, f.err
}

// Files lists the paths of the files that could be read, in order.
func (s *Snapshot) Files() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.files)), func(name string) bool { return s.files[name].err != nil })
}

// Dir lists a directory that was looked into, in order of names. It is empty for
// any other.
func (s *Snapshot) Dir(name string) []fs.DirEntry {
	if d, ok := s.dirs[name]; ok {
		return d.entries
	}
	return nil
}

// Dirs lists the directories that were looked into, in order, those that do not
// exist among them.
func (s *Snapshot) Dirs() []string { return slices.Sorted(maps.Keys(s.dirs)) }

// ChangedSince lists the files that are not what they were in an earlier snapshot,
// in order. Files that only one of the two holds are listed if no other file has
// changed: otherwise they follow from a change of one that imports or embeds them.
func (s *Snapshot) ChangedSince(before *Snapshot) []string {
	var changed, single []string
	for name, f := range s.files {
		if old, ok := before.files[name]; !ok {
			single = append(single, name)
		} else if !bytes.Equal(f.data, old.data) || (f.err == nil) != (old.err == nil) {
			changed = append(changed, name)
		}
	}
	for name := range before.files {
		if s.files[name] == nil {
			single = append(single, name)
		}
	}
	if len(changed) == 0 {
		changed = single
	}
	slices.Sort(changed)
	return changed
}

// Digest is equal for two snapshots that hold the same bytes at the same paths.
func (s *Snapshot) Digest() [sha256.Size]byte {
	hash := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		f := s.files[name]
		fmt.Fprintf(hash, "%q %v %d\n", name, f.err, len(f.data))
		_, _ = hash.Write(f.data) // a hash takes all
	}
	return [sha256.Size]byte(hash.Sum(nil))
}

const (
	// settled is how long a file must have been left alone. A program that writes
	// a file in place empties it first, and kernels stamp files with a clock that
	// ticks every 1 to 10 ms: a younger file may be half written, or be written
	// once more without a new stamp.
	settled = 20 * time.Millisecond
	// patience is how long Take waits for files to be left alone.
	patience = 2 * time.Second
)

// ErrChanging says that files were written faster than they could be read.
var ErrChanging = errors.New("it keeps changing while it is read")

// Take calls read, which is to ask the Reader for everything that it needs, and
// then looks whether all of it is still on disk as it was read. If not, it
// forgets what has changed and calls read again, so read must start afresh each
// time. It gives up with ErrChanging, wrapped with the path of the file.
func Take(read func(*Reader)) (*Snapshot, error) {
	r := &Reader{files: map[string]*file{}, dirs: map[string]*directory{}}
	deadline := time.Now().Add(patience)
	for {
		r.asked = map[string]bool{}
		read(r)
		r.drop()
		changed, wait := r.verify(time.Now())
		for changed == "" && wait > 0 {
			time.Sleep(wait)
			changed, wait = r.verify(time.Now())
		}
		if changed == "" {
			return &Snapshot{r.files, r.dirs}, nil
		}
		if time.Now().After(deadline) {
			return nil, &fs.PathError{Op: "read", Path: changed, Err: ErrChanging}
		}
	}
}
