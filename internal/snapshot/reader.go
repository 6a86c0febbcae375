package snapshot

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A Reader reads each file and each directory once, however often it is asked.
// It is for one goroutine.
type Reader struct {
	files map[string]*file
	dirs  map[string]*directory
	// asked holds the paths that the current round has asked for.
	asked map[string]bool
}

// file is a file as it was read.
type file struct {
	data []byte
	err  error
	// info describes the file that was open; nil if there was none.
	info fs.FileInfo
}

// directory is a directory as it was read.
type directory struct {
	entries []fs.DirEntry
	// names holds the name and type of each entry.
	names []string
	err   error
}

// ErrNotRegular is the error of a directory, a device or a pipe that is to be
// read as a file.
var ErrNotRegular = errors.New("not a regular file")

// File reads a file by its absolute path. The caller must not change the bytes.
func (r *Reader) File(name string) ([]byte, error) {
	r.asked[name] = true
	f, ok := r.files[name]
	if !ok {
		f = &file{}
		f.data, f.info, f.err = readFile(name)
		r.files[name] = f
	}
	return f.data, f.err
}

// Dir lists a directory by its absolute path, in order of names.
func (r *Reader) Dir(name string) ([]fs.DirEntry, error) {
	r.asked[name] = true
	d, ok := r.dirs[name]
	if !ok {
		d = readDir(name)
		r.dirs[name] = d
	}
	return d.entries, d.err
}

// Has reports whether the directory of a path has an entry of that name.
func (r *Reader) Has(name string) bool {
	entries, err := r.Dir(filepath.Dir(name))
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == filepath.Base(name) })
}

func readFile(name string) ([]byte, fs.FileInfo, error) {
	// To open a pipe would wait for a writer.
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, info, ErrNotRegular
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, info, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil, info, err
	}
	data, err := io.ReadAll(f)
	return data, info, err
}

func readDir(name string) *directory {
	d := &directory{}
	d.entries, d.err = os.ReadDir(name)
	for _, e := range d.entries {
		d.names = append(d.names, e.Name()+" "+e.Type().String())
	}
	return d
}

// drop forgets what an earlier round has asked for and the current one has not.
func (r *Reader) drop() {
	for name := range r.files {
		if !r.asked[name] {
			delete(r.files, name)
		}
	}
	for name := range r.dirs {
		if !r.asked[name] {
			delete(r.dirs, name)
		}
	}
}

// verify forgets every file and directory that is not as it was read any more,
// and returns the path of one of them, "" if there is none. It returns how long
// the youngest file has to be left alone from now on.
func (r *Reader) verify(now time.Time) (changed string, wait time.Duration) {
	for name, f := range r.files {
		info, err := os.Stat(name)
		if !f.same(info, err) {
			changed = first(changed, name)
			delete(r.files, name)
			continue
		}
		if err != nil {
			continue
		}
		if age := now.Sub(info.ModTime()); age >= 0 && age < settled {
			wait = max(wait, settled-age)
		}
	}
	for name, d := range r.dirs {
		if again := readDir(name); !slices.Equal(again.names, d.names) || (again.err == nil) != (d.err == nil) {
			changed = first(changed, name)
			delete(r.dirs, name)
		}
	}
	return changed, wait
}

// first is the one of two paths that comes first; a path that is "" is none.
func first(a, b string) string {
	if a == "" || b < a {
		return b
	}
	return a
}

// same reports whether a file is the one that was read.
func (f *file) same(info fs.FileInfo, err error) bool {
	if err != nil || f.info == nil {
		return err != nil && f.info == nil
	}
	return os.SameFile(info, f.info) && info.Size() == f.info.Size() && info.ModTime().Equal(f.info.ModTime()) &&
		info.Mode() == f.info.Mode() && (!info.Mode().IsRegular() || f.err != nil || int64(len(f.data)) == info.Size())
}
