package compile

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"stagecue.dev/internal/cache"
)

// keptInTest is a store in memory. It demands that a key has one value, whatever
// stack asks for it.
type keptInTest struct {
	mutex   sync.Mutex
	entries map[[sha256.Size]byte][]byte
	hits    int
	others  [][2][]byte
}

func newKept() *keptInTest { return &keptInTest{entries: map[[sha256.Size]byte][]byte{}} }

func (k *keptInTest) Get(key [sha256.Size]byte) ([]byte, bool) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	data, ok := k.entries[key]
	if ok {
		k.hits++
	}
	return data, ok
}

func (k *keptInTest) Put(key [sha256.Size]byte, data []byte) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if known, ok := k.entries[key]; ok && !bytes.Equal(known, data) {
		k.others = append(k.others, [2][]byte{known, data})
	}
	k.entries[key] = data
}

func (k *keptInTest) check(t *testing.T) {
	t.Helper()
	for _, o := range k.others {
		t.Errorf("one key for\n%q\nand\n%q", o[0], o[1])
	}
	k.others = nil
}

// recording has everything evaluated, and kept.
type recording struct{ *keptInTest }

func (recording) Get([sha256.Size]byte) ([]byte, bool) { return nil, false }

// twoStages are a stack of which the second stage is not made of the first.
const twoStages = `
axes: schema.#Axes & {os: {a: {}, b: {}}}
variant: schema.#Variant
_first: "make \(variant.os.id)"
_second: "make all"
stages: schema.#Stages & {
	first: {from: "debian:12", steps: [{run: _first}]}
	second: {from: "debian:12", steps: [{run: _second}, {workdir: "/\(variant.os.id)"}]}
}
dockerfile: schema.#Dockerfile & {path: variant.os.id, default: "second", targets: {first: {}, second: {}}}
`

// TestKept: only what an edit changes is evaluated anew, wherever the module is.
func TestKept(t *testing.T) {
	for name, edit := range map[string]struct {
		old, new string
		// evaluated is how many things are.
		evaluated int
	}{
		"nothing":            {"", "", 0},
		"a comment":          {"_second:", "// Second.\n_second:", 0},
		"another helper":     {"_second:", "_third: 3\n_second:", 0},
		"a stage":            {`{workdir: "/`, `{workdir: "/srv/`, 2}, // its steps in each variant
		"a step before":      {"{run: _second}", "{user: \"root\"}, {run: _second}", 1},
		"a helper":           {`"make all"`, `"make install"`, 1},               // the step
		"a helper, computed": {`"make all"`, `"make " + "all"`, 1 + 1},          // the helper, the step
		"a value":            {`b: {}`, `c: {}`, 1 + 1 + 1 + 1},                 // what reads its name
		"a stage's name":     {"second: {}", "second: {description: \"2\"}", 1}, // targets
	} {
		t.Run(name, func(t *testing.T) {
			kept := newKept()
			compile(t.Context(), one(t, twoStages), Request{parts: kept, variants: newKept()}, false)
			before := len(kept.entries)
			edited := strings.Replace(twoStages, edit.old, edit.new, 1)
			same(t, one(t, edited), newKept())
			r := compile(t.Context(), one(t, edited), Request{parts: kept, variants: newKept()}, false)
			if len(r.Findings) > 0 {
				t.Fatal(brief(r.Findings))
			}
			if n := len(kept.entries) - before; n != edit.evaluated {
				t.Errorf("%d things are evaluated anew, not %d", n, edit.evaluated)
			}
		})
	}
}

// TestKeptVariants: of a stack that is as it was, no part is looked up. After an
// edit, what variants came to is of no use.
func TestKeptVariants(t *testing.T) {
	variants := newKept()
	compile(t.Context(), one(t, twoStages), Request{parts: newKept(), variants: variants}, false)
	for name, edit := range map[string]struct {
		old, new string
		same     bool
	}{
		"nothing":         {"", "", true},
		"a comment":       {"_second:", "// Second.\n_second:", true},
		"a helper":        {`"make all"`, `"make install"`, false},
		"another variant": {`b: {}`, `b: {}, c: {}`, false},
		"a name":          {`b: {}`, `d: {}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			parts := newKept()
			m := one(t, strings.Replace(twoStages, edit.old, edit.new, 1))
			r := compile(t.Context(), m, Request{parts: parts, variants: variants}, false)
			sameResult(t, r, compile(t.Context(), m, Request{}, true))
			if (len(parts.entries) == 0) != edit.same {
				t.Errorf("%d parts are evaluated", len(parts.entries))
			}
		})
	}
}

// TestKeptFirst: parts are not kept before there was an edit, for there may never
// be one.
func TestKeptFirst(t *testing.T) {
	m, dir := one(t, twoStages), t.TempDir()
	for i, run := range []struct {
		command string
		parts   bool
	}{
		{"make all", false}, {"make all", false}, {"make install", true}, {"make all", true}, {"make test", true},
	} {
		text := head("app") + strings.Replace(twoStages, "make all", run.command, 1)
		if err := os.WriteFile(filepath.Join(m.Root, "stages/app/app.cue"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		c, err := cache.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if text := printed(t, Run(t.Context(), m, Request{Cache: c})); !strings.Contains(text, "RUN "+run.command+"\n") {
			t.Errorf("%d: there is no %q in\n%s", i, run.command, text)
		}
		if c.Variants(m.Root, "app").Empty() || c.Parts(m.Root, "app").Empty() == run.parts {
			t.Errorf("%d: the wrong things are kept", i)
		}
	}
}

// TestKeptOfImports: what a stack imports is part of what is evaluated.
func TestKeptOfImports(t *testing.T) {
	files := map[string]string{
		"stages/app/app.cue": "package app\n\nimport (\n\t\"example.com/m/shared\"\n\t\"stagecue.dev/schema\"\n)\n" +
			"stages: schema.#Stages & {main: {from: shared.#Image, steps: [{run: shared.#Run}]}}\ndockerfile: schema.#Dockerfile & {path: \"main\", targets: main: {}}\n",
		"shared/shared.cue": "package shared\n\nimport \"example.com/m/deeper\"\n\n#Image: \"debian:12\"\n#Run: deeper.#Run\n",
		"deeper/deeper.cue": "package deeper\n\n#Run: \"make\"\n",
	}
	kept := newKept()
	for _, edit := range []struct{ file, old, new, want string }{
		{"", "", "", "FROM debian:12 AS main\nRUN make\n"},
		{"deeper/deeper.cue", `"make"`, `"make all"`, "FROM debian:12 AS main\nRUN make all\n"},
		{"shared/shared.cue", "debian:12", "debian:13", "FROM debian:13 AS main\nRUN make all\n"},
	} {
		if edit.file != "" {
			files[edit.file] = strings.Replace(files[edit.file], edit.old, edit.new, 1)
		}
		r := compile(t.Context(), module(t, "m", files), Request{parts: kept, variants: newKept()}, false)
		if text := printed(t, r); !strings.Contains(text, edit.want) {
			t.Errorf("%s: there is no\n%s\nin\n%s", edit.file, edit.want, text)
		}
	}
}
