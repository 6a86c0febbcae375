package load

import (
	"os"
	"path/filepath"
	"testing"

	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/parser"
)

// TestParsing: a file that was parsed beside the loader is what the loader would
// make of it, and is given to one only. One that has changed meanwhile, or that
// cannot be parsed, is left to the loader.
func TestParsing(t *testing.T) {
	m := open(t, map[string]string{
		"stages/app/a.cue": "package app\n\n// text\nx: 1", "stages/app/b.cue": "package app\ny: [", "stages/app/c.cue": "package app\nz: 1", "stages/app/d.cue": "package app\nd: 1",
	})
	name := func(file string) string { return filepath.Join(m.Root, "stages", "app", file) }
	config := parser.NewConfig(parser.ParseComments, parser.Version("v0.17.0"))
	p := m.newParsing("stages/app")
	text := func(file, src string) string {
		parsed, err := p.parse(name(file), []byte(src), config)
		if err != nil {
			return "error"
		}
		out, err := format.Node(parsed)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	// The first that is asked for is parsed by whoever asks.
	if got := text("d.cue", "package app\nd: 1"); got != "package app\n\nd: 1\n" {
		t.Errorf("d.cue: %q", got)
	}
	p.work()
	if p.files[name("d.cue")].file.Load() != nil {
		t.Error("d.cue was parsed twice")
	}
	if p.files[name("a.cue")].file.Load() == nil || len(p.files) < 5 {
		t.Errorf("of %d files, a.cue was not parsed", len(p.files))
	}
	for _, test := range []struct{ file, src, want string }{
		{"a.cue", "package app\n\n// text\nx: 1", "package app\n\n// text\nx: 1\n"},
		{"a.cue", "package app\n\n// text\nx: 1", "package app\n\n// text\nx: 1\n"},
		{"b.cue", "package app\ny: [", "error"},
		{"c.cue", "package app\nz: 2", "package app\n\nz: 2\n"},
		{"other.cue", "package app", "package app\n"},
	} {
		if got := text(test.file, test.src); got != test.want {
			t.Errorf("%s: %q, want %q", test.file, got, test.want)
		}
	}
}

// TestParsingStopped: nobody waits for a loader that has asked for nothing, and a
// file that is gone is left to the loader, like any that cannot be read.
func TestParsingStopped(t *testing.T) {
	m := open(t, map[string]string{"stages/app/a.cue": "package app"})
	done := func(p *parsing) (n int) {
		p.work()
		for _, f := range p.files {
			if f.file.Load() != nil {
				n++
			}
		}
		return n
	}
	stopped, gone := m.newParsing("stages/app"), m.newParsing("stages/app")
	if err := os.RemoveAll(filepath.Join(m.Root, "stages")); err != nil {
		t.Fatal(err)
	}
	stopped.stop()
	if n := done(stopped); n > 0 {
		t.Errorf("%d files were parsed for nobody", n)
	}
	gone.begin(parser.NewConfig(parser.ParseComments))
	if n := done(gone); n != len(gone.files)-1 || n == 0 {
		t.Errorf("%d of %d files were parsed, one of which is gone", n, len(gone.files))
	}
}
