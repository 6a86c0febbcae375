package git

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"stagecue.dev/internal/diag"
)

// A Tree is the files of a commit. It is read as a whole at once; of the files,
// no more than their names.
type Tree struct {
	repository *Repository
	// Commit is the commit in full.
	Commit string
	// Entries are in order of their paths.
	Entries []Entry
	byPath  map[string]*Entry
}

// An Entry is a file of a commit.
type Entry struct {
	Path string
	// Mode is git's: "100644", "100755" for what can be run, "120000" for a
	// symbolic link, "160000" for a submodule.
	Mode string
	// Object is the name of the content: the same for the same bytes.
	Object string
}

// ModeLink is the mode of a symbolic link.
const ModeLink = "120000"

const (
	// modeModule is the mode of a submodule.
	modeModule = "160000"
	// modeRun is the mode of a file that can be run.
	modeRun = "100755"
)

// Tree reads what a commit holds.
func (r *Repository) Tree(ctx context.Context, commit string) (*Tree, *diag.Diagnostic) {
	out, err := r.run(ctx, nil, "ls-tree", "-r", "-z", commit)
	if err != nil {
		return nil, r.failed(ctx, "list the files of "+commit, err)
	}
	t := &Tree{repository: r, Commit: commit, byPath: map[string]*Entry{}}
	for line := range strings.SplitSeq(string(out), "\x00") {
		// <mode> <type> <object>TAB<path>
		about, name, ok := strings.Cut(line, "\t")
		words := strings.Fields(about)
		if !ok || len(words) != 3 {
			continue
		}
		t.Entries = append(t.Entries, Entry{Path: name, Mode: words[0], Object: words[2]})
	}
	slices.SortFunc(t.Entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	for i := range t.Entries {
		t.byPath[t.Entries[i].Path] = &t.Entries[i]
	}
	return t, nil
}

// Has reports whether there is a file of a path.
func (t *Tree) Has(name string) bool { return t.byPath[name] != nil }

// Entry is the file of a path, nil if there is none.
func (t *Tree) Entry(name string) *Entry { return t.byPath[name] }

// Below are the files below a directory, in order; "" stands for all.
func (t *Tree) Below(dir string) []Entry {
	if dir = path.Clean(dir); dir == "." {
		return t.Entries
	}
	compare := func(e Entry, prefix string) int { return strings.Compare(e.Path, prefix) }
	from, _ := slices.BinarySearchFunc(t.Entries, dir+"/", compare)
	to, _ := slices.BinarySearchFunc(t.Entries, dir+"0", compare) // "0" comes right after "/"
	return t.Entries[from:to]
}

// Read reads files, all in one go. What is not there, or is no file, is nil.
func (t *Tree) Read(ctx context.Context, paths ...string) ([][]byte, *diag.Diagnostic) {
	out := make([][]byte, len(paths))
	var ask strings.Builder
	var asked []int
	for i, name := range paths {
		if e := t.byPath[name]; e != nil && e.Mode != modeModule {
			ask.WriteString(e.Object + "\n")
			asked = append(asked, i)
		}
	}
	if len(asked) == 0 {
		return out, nil
	}
	data, err := t.repository.run(ctx, strings.NewReader(ask.String()), "cat-file", "--batch")
	if err != nil {
		return nil, t.repository.failed(ctx, "read files of "+t.Commit, err)
	}
	in := bufio.NewReader(bytes.NewReader(data))
	for _, i := range asked {
		if out[i], err = readObject(in); err != nil {
			return nil, t.repository.failed(ctx, fmt.Sprintf("read %s at %s", paths[i], t.Commit), err)
		}
	}
	return out, nil
}

// readObject reads an answer of cat-file: <object> <type> <size>, and the bytes.
func readObject(in *bufio.Reader) ([]byte, error) {
	line, err := in.ReadString('\n')
	if err != nil {
		return nil, err
	}
	words := strings.Fields(line)
	if len(words) != 3 {
		return nil, fmt.Errorf("the object is %s", strings.TrimSpace(line))
	}
	size, err := strconv.Atoi(words[2])
	if err != nil {
		return nil, err
	}
	data := make([]byte, size+1) // a line end follows
	if _, err := io.ReadFull(in, data); err != nil {
		return nil, err
	}
	return data[:size], nil
}

// IsObject reports whether a text is the content of a file, by the name that git
// gives to it.
func (e *Entry) IsObject(text []byte) bool {
	hash := e.hash(int64(len(text)))
	hash.Write(text)
	return hex.EncodeToString(hash.Sum(nil)) == e.Object
}

// hash is what makes the name of a content out of its bytes, which follow.
func (e *Entry) hash(size int64) hash.Hash {
	h := sha1.New()
	if len(e.Object) == hex.EncodedLen(sha256.Size) {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", size)
	return h
}
