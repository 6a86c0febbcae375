package cache

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func open(t *testing.T, dir string, settings ...string) *Cache {
	t.Helper()
	c, err := Open(dir, settings...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func key(of string) Key { return sha256.Sum256([]byte(of)) }

func put(t *testing.T, e *Entries, keys ...string) {
	t.Helper()
	for _, k := range keys {
		e.Put(key(k), []byte("what "+k+" is"))
	}
	if err := e.Save(); err != nil {
		t.Fatal(err)
	}
}

func has(e *Entries, k string) bool {
	data, ok := e.Get(key(k))
	return ok && string(data) == "what "+k+" is"
}

func TestEntries(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "for it")
	put(t, open(t, dir).Parts("/m", "a"), "one", "two")
	again := open(t, dir).Parts("/m", "a")
	if !has(again, "one") || has(again, "three") {
		t.Error("what was put is there, and nothing else")
	}
	// What was not asked for this time stays.
	put(t, again, "three")
	for _, k := range []string{"one", "two", "three"} {
		if !has(open(t, dir).Parts("/m", "a"), k) {
			t.Errorf("%s is gone", k)
		}
	}
	upgraded := open(t, dir)
	upgraded.command = "another build ID"
	for name, other := range map[string]*Entries{
		"command":  upgraded.Parts("/m", "a"),
		"module":   open(t, dir).Parts("/n", "a"),
		"stack":    open(t, dir).Parts("/m", "b"),
		"kind":     open(t, dir).Variants("/m", "a"),
		"settings": open(t, dir, "evalv3=0").Parts("/m", "a"),
	} {
		if has(other, "one") {
			t.Errorf("another %s has it too", name)
		}
	}
}

// TestLeft: what takes the place of something leaves nothing of it.
func TestLeft(t *testing.T) {
	dir := t.TempDir()
	put(t, open(t, dir).Parts("/m", "b"), "zero")
	for i := range 5 {
		put(t, open(t, dir).Parts("/m", "a"), fmt.Sprint(i))
	}
	if n := len(files(t, dir, "-d")); n != 2 {
		t.Errorf("%d files are left of two stacks", n)
	}
	for i := range 5 {
		if !has(open(t, dir).Parts("/m", "a"), fmt.Sprint(i)) {
			t.Errorf("%d is gone", i)
		}
	}
}

// TestDamage damages the files of a cache in all ways that a disk knows.
func TestDamage(t *testing.T) {
	for name, change := range map[string]func(data []byte) []byte{
		"empty":      func([]byte) []byte { return nil },
		"cut":        func(data []byte) []byte { return data[:len(data)/2] },
		"longer":     func(data []byte) []byte { return append(data, 'x') },
		"first byte": func(data []byte) []byte { data[0] ^= 1; return data },
		"last byte":  func(data []byte) []byte { data[len(data)-1] ^= 0x80; return data },
		"zeros":      func(data []byte) []byte { return make([]byte, len(data)) },
	} {
		for _, which := range []string{"-a", "-d"} {
			t.Run(name+which, func(t *testing.T) {
				dir := t.TempDir()
				put(t, open(t, dir).Parts("/m", "a"), "one")
				n := 0
				for _, file := range files(t, dir, which) {
					data, err := os.ReadFile(file)
					if err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(file, change(data), 0o666); err != nil {
						t.Fatal(err)
					}
					n++
				}
				if n != 1 {
					t.Fatalf("%d files", n)
				}
				e := open(t, dir).Parts("/m", "a")
				if data, ok := e.Get(key("one")); ok && string(data) != "what one is" {
					t.Errorf("%q is not what was put", data)
				}
				put(t, e, "one")
				if !has(open(t, dir).Parts("/m", "a"), "one") {
					t.Error("it is not put anew")
				}
			})
		}
	}
}

func files(t *testing.T, dir, suffix string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, suffix) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestConcurrent has readers and writers of the same stack at once: whoever
// reads finds what somebody has put, or nothing.
func TestConcurrent(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for round := range 20 {
				c, err := Open(dir)
				if err != nil {
					t.Error(err)
					return
				}
				e := c.Parts("/m", "a")
				for i := range 20 {
					k := fmt.Sprint(i)
					if data, ok := e.Get(key(k)); ok && !bytes.Equal(data, []byte("what "+k+" is")) {
						t.Errorf("%s is %q", k, data)
					}
				}
				k := fmt.Sprint((worker + round) % 20)
				e.Put(key(k), []byte("what "+k+" is"))
				if err := e.Save(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// TestMost: what a matrix without end leaves is not kept without end.
func TestMost(t *testing.T) {
	dir := t.TempDir()
	e := open(t, dir).Parts("/m", "a")
	for i := range 40 {
		e.Put(key(fmt.Sprint(i)), make([]byte, 1<<20))
	}
	put(t, e)
	e = open(t, dir).Parts("/m", "a")
	e.read()
	if n := len(e.entries); n != most>>20-1 {
		t.Errorf("%d entries of a megabyte are kept", n)
	}
	// What is new goes before what nobody has asked for.
	for i := range 40 {
		e.Put(key(fmt.Sprint("new", i)), make([]byte, 1<<20))
	}
	put(t, e)
	e = open(t, dir).Parts("/m", "a")
	if _, ok := e.Get(key("new0")); !ok || len(e.entries) > most>>20 {
		t.Errorf("%d entries are kept, the new one: %t", len(e.entries), ok)
	}
}

// TestPatience: what nobody asks for goes at last, and what somebody does stays.
func TestPatience(t *testing.T) {
	dir := t.TempDir()
	put(t, open(t, dir).Parts("/m", "a"), "old", "used")
	patience := open(t, dir).Parts("/m", "a").patience
	for i := range patience + 1 {
		e := open(t, dir).Parts("/m", "a")
		e.read()
		if i < patience && e.entries[key("old")].Data == nil {
			t.Fatalf("it is gone after %d times", i)
		}
		has(e, "used")
		put(t, e, fmt.Sprint("new", i))
	}
	e := open(t, dir).Parts("/m", "a")
	if has(e, "old") || !has(e, "used") || !has(e, "new0") {
		t.Error("the wrong ones are left")
	}
}

func TestBuildID(t *testing.T) {
	id, err := buildID()
	if err != nil || id == "" {
		t.Errorf("%q, %v", id, err)
	}
	for text, want := range map[string]string{
		"MZ...\xff Go build ID: \"abc/def\"\n \xff": "abc/def",
		"MZ... Go build ID: \"abc/def\"":            "",
		"\xff Go build ID: \"\"\n \xff":             "",
		"\xff Go build ID: \"abc":                   "",
		"":                                          "",
	} {
		if got, err := markedID(strings.NewReader(text)); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func TestOpenFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); err == nil {
		t.Error("a file is opened as a directory")
	}
}
