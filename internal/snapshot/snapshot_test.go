package snapshot

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func take(t *testing.T, read func(*Reader)) *Snapshot {
	t.Helper()
	s, err := Take(read)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTake: a snapshot holds what was read, whatever happens to it afterwards.
func TestTake(t *testing.T) {
	dir := t.TempDir()
	a, b, none := filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "none")
	write(t, a, "1")
	write(t, b, "2")
	rounds := 0
	s := take(t, func(r *Reader) {
		rounds++
		if entries, err := r.Dir(dir); len(entries) != 2 || err != nil || !r.Has(a) || r.Has(none) {
			t.Errorf("%v, %v", entries, err)
		}
		for range 2 {
			if data, err := r.File(a); string(data) != "1" || err != nil {
				t.Errorf("%q, %v", data, err)
			}
		}
		if _, err := r.File(none); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v", err)
		}
		if _, err := r.File(dir); err != ErrNotRegular {
			t.Errorf("%v", err)
		}
	})
	write(t, a, "other")
	write(t, none, "new")
	if data, err := s.File(a); string(data) != "1" || err != nil || rounds != 1 {
		t.Errorf("%q, %v after %d rounds", data, err, rounds)
	}
	for _, name := range []string{none, b} {
		if _, err := s.File(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := fmt.Sprint(s.Files(), s.Dirs()); got != fmt.Sprint([]string{a}, []string{dir}) {
		t.Errorf("it holds %s", got)
	}
}

// TestTakeAgain: what changes while it is read is read again, with all that
// follows from it, and what is not asked for any more is forgotten.
func TestTakeAgain(t *testing.T) {
	for name, change := range map[string]func(dir string){
		"saved":    func(dir string) { write(t, filepath.Join(dir, "list"), "b") },
		"replaced": func(dir string) { write(t, filepath.Join(dir, "new"), "b"); rename(t, dir, "new", "list") },
		"removed":  func(dir string) { write(t, filepath.Join(dir, "list"), "b"); _ = os.Remove(filepath.Join(dir, "a")) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "list"), "a")
			write(t, filepath.Join(dir, "a"), "text of a")
			write(t, filepath.Join(dir, "b"), "text of b")
			rounds := 0
			s := take(t, func(r *Reader) {
				named, _ := r.File(filepath.Join(dir, "list"))
				_, _ = r.File(filepath.Join(dir, string(named)))
				if rounds++; rounds == 1 {
					change(dir)
				}
			})
			want := fmt.Sprint([]string{filepath.Join(dir, "b"), filepath.Join(dir, "list")})
			if got := fmt.Sprint(s.Files()); rounds != 2 || got != want {
				t.Errorf("after %d rounds it holds %s, want %s", rounds, got, want)
			}
		})
	}
}

func rename(t *testing.T, dir, from, to string) {
	t.Helper()
	if err := os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)); err != nil {
		t.Fatal(err)
	}
}

// TestTakeAppearing: a file that appears in a directory that was listed is seen.
func TestTakeAppearing(t *testing.T) {
	dir := t.TempDir()
	rounds := 0
	s := take(t, func(r *Reader) {
		entries, _ := r.Dir(dir)
		for _, e := range entries {
			_, _ = r.File(filepath.Join(dir, e.Name()))
		}
		if rounds++; rounds == 1 {
			write(t, filepath.Join(dir, "a"), "1")
		}
	})
	if rounds != 2 || len(s.Files()) != 1 {
		t.Errorf("%d rounds, %v", rounds, s.Files())
	}
}

// TestTakeHalfWritten: a file that a program is writing in place is not taken
// before it has finished.
func TestTakeHalfWritten(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("first half"); err != nil {
		t.Fatal(err)
	}
	go func() {
		time.Sleep(settled / 4)
		_, _ = f.WriteString(", second half")
	}()
	s := take(t, func(r *Reader) { _, _ = r.File(name) })
	if data, _ := s.File(name); string(data) != "first half, second half" {
		t.Errorf("it was taken as %q", data)
	}
}

// TestTakeOneMoment: two files that are saved one after the other, again and
// again, are taken as they stood at one moment.
func TestTakeOneMoment(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	write(t, a, "0")
	write(t, b, "0")
	var stop atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := 1; !stop.Load(); n++ {
			for _, name := range []string{"a", "b"} {
				write(t, filepath.Join(dir, "new"), fmt.Sprint(n))
				rename(t, dir, "new", name)
			}
			time.Sleep(time.Duration(n%4) * settled / 2)
		}
	}()
	for range 30 {
		s := take(t, func(r *Reader) { _, _ = r.File(a); runtime.Gosched(); _, _ = r.File(b) })
		var x, y int
		textA, _ := s.File(a)
		textB, _ := s.File(b)
		if _, err := fmt.Sscan(string(textA)+" "+string(textB), &x, &y); err != nil || y != x && y != x-1 {
			t.Errorf("a is %q and b is %q", textA, textB)
		}
	}
	stop.Store(true)
	<-done
}

// TestTakeChanging: a file that never comes to rest is given up.
func TestTakeChanging(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	n := 0
	_, err := Take(func(r *Reader) {
		write(t, name, strings.Repeat("x", n%7))
		_, _ = r.File(name)
		n++
		write(t, name, strings.Repeat("x", n%7))
	})
	var path *fs.PathError
	if !errors.Is(err, ErrChanging) || !errors.As(err, &path) || path.Path != name {
		t.Errorf("%v", err)
	}
}

// TestDigest: two snapshots are the same if they hold the same, whatever else is
// in their directories.
func TestDigest(t *testing.T) {
	dir := t.TempDir()
	a := filepath.Join(dir, "a")
	now := func() *Snapshot {
		return take(t, func(r *Reader) { _, _ = r.Dir(dir); _, _ = r.File(a) })
	}
	none := now()
	write(t, a, "1")
	one := now()
	write(t, filepath.Join(dir, "b"), "2")
	again := now()
	write(t, a, "2")
	two := now()
	if one.Digest() != again.Digest() || len(again.ChangedSince(one)) > 0 {
		t.Error("another file makes a difference")
	}
	for _, other := range []*Snapshot{none, two} {
		if other.Digest() == one.Digest() || fmt.Sprint(other.ChangedSince(one)) != fmt.Sprint([]string{a}) {
			t.Errorf("a change of a file makes no difference: %v", other.ChangedSince(one))
		}
	}
}
