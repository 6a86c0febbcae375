package testscripts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// apply changes a file of the module as a unified diff says, without its line
// numbers: what stands behind " " and "-" must be there once, and what stands
// behind " " and "+" takes its place. A line "@@" begins another place.
func (d *doc) apply(where, path, text string) {
	name := filepath.Join(d.dir, path)
	data, err := os.ReadFile(name)
	if err != nil {
		d.t.Fatalf("%s: %v", where, err)
	}
	changed := "\n" + string(data)
	for _, place := range strings.Split("\n"+text, "\n@@\n") {
		from, to, ok := sides(strings.Trim(place, "\n"))
		if !ok {
			d.t.Fatalf("%s: a line of a diff begins with a blank, - or +:\n%s", where, place)
		}
		if n := strings.Count(changed, from); n != 1 {
			d.t.Fatalf("%s: this is in %s %d times, and must be there once:\n%s", where, path, n, from)
		}
		changed = strings.Replace(changed, from, to, 1)
	}
	d.write(path, changed[1:])
}

// sides are the lines before and after a change, each behind a line break.
func sides(place string) (from, to string, ok bool) {
	for _, line := range strings.Split(place, "\n") {
		mark, rest := " ", ""
		if line != "" {
			// Editors take the blank of an empty line away.
			mark, rest = line[:1], line[1:]
		}
		switch mark {
		case " ":
			from, to = from+"\n"+rest, to+"\n"+rest
		case "-":
			from += "\n" + rest
		case "+":
			to += "\n" + rest
		default:
			return "", "", false
		}
	}
	return from + "\n", to + "\n", true
}

// endsAs fails unless the page has led to the same files in these directories
// as the repository has.
func (d *doc) endsAs(dirs ...string) {
	for _, dir := range dirs {
		want, got := filesOf(d.t, filepath.Join("..", dir)), filesOf(d.t, filepath.Join(d.dir, dir))
		for name, text := range want {
			if got[name] != text {
				d.t.Errorf("the page does not end with %s/%s of the repository, but with:\n%s", dir, name, got[name])
			}
		}
		for name := range got {
			if _, ok := want[name]; !ok {
				d.t.Errorf("the page makes %s/%s, which the repository does not have", dir, name)
			}
		}
	}
}

// filesOf are the texts of the files of a directory, by name.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[entry.Name()] = string(data)
	}
	return files
}
