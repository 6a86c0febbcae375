package ignore

import (
	"fmt"
	"math/rand"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/inputs"
)

// read is an instruction that reads the context, as BuildKit is told.
type read struct {
	words   []string
	parents bool
	exclude []string
	mount   bool
}

// sends tells which files BuildKit's own reader of ignore files lets through.
func sends(t *testing.T, lines, files []string) []string {
	t.Helper()
	patterns, err := ignorefile.ReadAll(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	m, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatalf("%q: %v", lines, err)
	}
	var out []string
	for _, f := range files {
		ignored, err := m.MatchesOrParentMatches(f)
		if err != nil {
			t.Fatalf("%q: %v", lines, err)
		}
		if !ignored {
			out = append(out, f)
		}
	}
	return out
}

// reads are the files that a source with its variables filled in stands for: in
// the way of fsutil's copy, which BuildKit uses. https://github.com/tonistiigi/fsutil
func (r read) reads(word string, files []string) []string {
	if r.mount {
		name := strings.TrimPrefix(path.Clean("/"+word), "/")
		return slices.DeleteFunc(slices.Clone(files), func(f string) bool { return !below(f, name) })
	}
	root, pattern := word, ""
	if r.parents {
		var pivot bool
		if root, pattern, pivot = strings.Cut(word, "/./"); !pivot {
			root, pattern = "/", word
		}
		pattern = strings.TrimPrefix(path.Clean("/"+pattern), "/")
	}
	root = strings.TrimPrefix(path.Clean("/"+root), "/")
	var out []string
	for _, f := range files {
		for _, top := range append(parents(f), f) {
			if ok, err := path.Match(root, top); (!ok || err != nil) && root != top {
				continue
			}
			rel := strings.TrimPrefix(strings.TrimPrefix(f, top), "/")
			// BuildKit also copies a file that the part before the pivot matches,
			// whatever comes behind: nobody means that.
			if pattern != "" && (rel == "" || !matches([]string{pattern}, rel)) {
				break
			}
			if rel != "" && len(r.exclude) > 0 && matches(r.exclude, rel) {
				break
			}
			out = append(out, f)
			break
		}
	}
	return out
}

// parents are the directories of a path, "" for the root being the first.
func parents(name string) []string {
	out := []string{""}
	for i, c := range name {
		if c == '/' {
			out = append(out, name[:i])
		}
	}
	return out
}

func below(name, dir string) bool {
	return dir == "" || name == dir || strings.HasPrefix(name, dir+"/")
}

// up tells whether a path leads upwards somewhere.
func up(word string) bool { return slices.Contains(strings.Split(word, "/"), "..") }

func matches(patterns []string, name string) bool {
	m, err := patternmatcher.New(patterns)
	if err != nil {
		return false
	}
	ok, err := m.MatchesOrParentMatches(name)
	return ok && err == nil
}

// Whatever a Dockerfile reads of whatever context is sent, and, of paths and
// wildcards that the ignore file can say, no more than that.
func TestProperty(t *testing.T) {
	for seed := range int64(6000) {
		property(t, seed)
		if t.Failed() {
			return
		}
	}
}

func FuzzLines(f *testing.F) {
	f.Add(int64(1))
	f.Fuzz(property)
}

func property(t *testing.T, seed int64) {
	random := rand.New(rand.NewSource(seed))
	pick := func(of []string) string { return of[random.Intn(len(of))] }
	names := []string{"a", "b", "ab", "a.md", "b.txt", "c++", "a[b", "a b", "#x", "!y", "é", "x^", "a*b", "{a}", "..a", " z"}
	var files []string
	for range 20 {
		file := pick(names)
		for random.Intn(2) == 0 {
			file = path.Join(pick(names), file)
		}
		if !slices.ContainsFunc(files, func(f string) bool { return below(f, file) || below(file, f) }) {
			files = append(files, file)
		}
	}
	simple := random.Intn(2) == 0
	element := func() string {
		if simple {
			return pick([]string{"a", "b", "ab", "a.md", "*.md", "a*", "?", "b.txt", "c++", "é", "..", ".", ""})
		}
		return pick(append([]string{"*", "?", "*.md", "a*", "[ab]", "[^a]*", `\a`, `a\*b`, "a[[]b", "**", "a**", "**b", "***", "..", ".", "", "$V", "a$V", "$V.md", "${V}*", "*${V}b", ".$V", "..$V", "$V.", "$V$V", "$V.$V", ".$V.md", "a$V.", "[ab", `a\`}, names...))
	}
	word := func() string {
		w := element()
		for random.Intn(2) == 0 {
			w += "/" + element()
		}
		return w
	}
	var all []read
	var steps []dockerfile.Step
	add := func(i dockerfile.Instruction) { steps = append(steps, dockerfile.Step{Instruction: i}) }
	add(dockerfile.ArgUse{Name: "V"})
	for range 1 + random.Intn(3) {
		r := read{words: []string{word()}}
		switch random.Intn(4) {
		case 0:
			r.mount = true
			simple = simple && !strings.ContainsAny(r.words[0], "*?") // which are "?" in the file
			add(dockerfile.Run{Shell: "x", Mounts: []dockerfile.Mount{{Type: "bind", Source: r.words[0], Target: "/x"}}})
		case 1:
			r.words = append(r.words, word())
			fallthrough
		default:
			r.parents = random.Intn(3) == 0
			for random.Intn(2) == 0 {
				r.exclude = append(r.exclude, pick([]string{"*.md", "**/*.md", "a", "a/b", "/b", "!a", "*", "b.txt/", " a", "#x", ".", "..", "a/../b"}))
			}
			add(dockerfile.Copy{Sources: r.words, Parents: r.parents, Exclude: r.exclude, Dest: "/"})
		}
		all = append(all, r)
	}
	value := pick([]string{"", "a", "b", "a/b", "ab/a", ".", "a.md", "/", "/.", "/b", "a/"})
	arg := dockerfile.Arg{Name: "V", Default: new(string)}
	in := inputs.Of(&dockerfile.File{Args: []dockerfile.Arg{arg}, Stages: []dockerfile.Stage{{Name: "s", From: "scratch", Steps: steps}}}, dockerfile.Plan{})
	lines, ok := Lines(in, nil)
	if !ok {
		return
	}
	sent := sends(t, lines, files)
	said := func() string {
		return fmt.Sprintf("seed %d: %+v with V=%q\nof %q\nlines %q\nsent %q", seed, all, value, files, lines, sent)
	}
	needless := slices.Clone(sent)
	for _, r := range all {
		for _, w := range r.words {
			written := w
			w = strings.NewReplacer("${V}", value, "$V", value).Replace(w)
			if up(w) && !up(written) {
				continue // values that lead upwards are not foreseen
			}
			for _, f := range r.reads(w, files) {
				if !slices.Contains(sent, f) {
					t.Errorf("%s is read, and not sent: %s", f, said())
				}
			}
			whole := r
			whole.exclude = nil
			for _, f := range whole.reads(w, files) {
				needless = slices.DeleteFunc(needless, func(n string) bool { return n == f })
			}
		}
	}
	if simple && len(needless) > 0 {
		t.Errorf("%q is sent, and not read: %s", needless, said())
	}
}
