package git

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"os"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"stagecue.dev/internal/diag"
)

// contents compares the regular files that the walk has found.
func (w *walk) contents(ctx context.Context) *diag.Diagnostic {
	kinds := make([]Kind, len(w.files))
	var group errgroup.Group
	workers := runtime.GOMAXPROCS(0)
	for n := range workers {
		group.Go(func() error {
			buffer := make([]byte, 64<<10)
			for i := n; i < len(w.files) && ctx.Err() == nil; i += workers {
				kinds[i] = w.files[i].compare(w.abs(w.files[i].entry.Path), buffer)
			}
			return nil
		})
	}
	_ = group.Wait() // what cannot be read is a change
	var differ []*Entry
	for i, f := range w.files {
		if kinds[i] == Modified {
			differ = append(differ, f.entry)
		}
	}
	stored, d := w.stored(ctx, differ)
	if d != nil {
		return d
	}
	for i, f := range w.files {
		if stored[f.entry.Path] {
			kinds[i] = ""
		}
		if kinds[i] == "" && (f.runs != (f.entry.Mode == modeRun) || !f.whole) {
			kinds[i] = Mode
		}
		if kinds[i] != "" {
			w.out.List = append(w.out.List, Change{Path: f.entry.Path, Kind: kinds[i], Link: f.entry.Mode == ModeLink})
		}
	}
	return nil
}

// compare finds what has become of the content of a file; "" is for nothing.
func (f regular) compare(name string, buffer []byte) Kind {
	same, size, err := f.entry.isFile(name, buffer)
	switch {
	case err != nil:
		return Modified
	case same:
		return ""
	case size > maxText:
		return Modified
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return Modified
	}
	lf := bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if f.entry.IsObject(lf) || f.entry.IsObject(bytes.ReplaceAll(lf, []byte("\n"), []byte("\r\n"))) {
		return LineEnds
	}
	return Modified
}

// maxText is the size of files up to which line ends are told from other changes.
const maxText = 1 << 20

// isFile reports whether a file has the content, and what its size is.
func (e *Entry) isFile(name string, buffer []byte) (bool, int64, error) {
	file, err := os.Open(name)
	if err != nil {
		return false, 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false, 0, err
	}
	hash := e.hash(info.Size())
	// The bare reader and writer have the bytes pass through the buffer.
	n, err := io.CopyBuffer(struct{ io.Writer }{hash}, struct{ io.Reader }{file}, buffer)
	return n == info.Size() && hex.EncodeToString(hash.Sum(nil)) == e.Object, info.Size(), err
}

// stored are the files of which the commit holds a pointer of Git LFS, and the
// working tree what it points to: the pointer has the digest of that content.
func (w *walk) stored(ctx context.Context, files []*Entry) (map[string]bool, *diag.Diagnostic) {
	if len(files) == 0 {
		return nil, nil
	}
	var ask strings.Builder
	for _, e := range files {
		ask.WriteString(e.Path + "\x00")
	}
	r := w.tree.repository
	out, err := r.run(ctx, strings.NewReader(ask.String()), "check-attr", "--stdin", "-z", "filter")
	if err != nil {
		return nil, r.failed(ctx, "read the attributes of files", err)
	}
	var names []string
	// <path> NUL filter NUL <value> NUL
	for fields := strings.Split(string(out), "\x00"); len(fields) >= 3; fields = fields[3:] {
		if fields[2] == "lfs" {
			names = append(names, fields[0])
		}
	}
	pointers, d := w.tree.Read(ctx, names...)
	if d != nil {
		return nil, d
	}
	stored := map[string]bool{}
	for i, name := range names {
		stored[name] = pointsTo(pointers[i], w.abs(name))
	}
	return stored, nil
}
