package oracle

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/oracle/judge"
)

// digestsHeader stands above the lines of testdata/llb.txt.
const digestsHeader = `# What each target of each Dockerfile below generated/ builds, on each platform:
# a digest of BuildKit's operations and of the image's configuration. "-" is
# what plain "docker build" builds. "make update" writes this file.
`

// digestLine is a line of testdata/llb.txt.
func digestLine(dir string, j judge.Judgement, digest string) string {
	target := j.Target
	if target == "" {
		target = "-"
	}
	return strings.Join([]string{dir, target, j.Platform, digest}, " ")
}

// compareDigests holds what the targets build against what they built before.
// STAGECUE_UPDATE=1 rewrites that.
func compareDigests(t *testing.T, lines []string) {
	t.Helper()
	slices.Sort(lines)
	file := filepath.Join("testdata", "llb.txt")
	got := digestsHeader + strings.Join(lines, "\n") + "\n"
	if os.Getenv("STAGECUE_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) == got {
		return
	}
	for _, d := range differences(string(text), got) {
		t.Error(d)
	}
	t.Errorf("%s is not what generated/ builds; if that is what you want, run `make update`", file)
}

// differences says what has changed between two texts of testdata/llb.txt.
func differences(old, new string) (list []string) {
	before, now := byTarget(old), byTarget(new)
	changed := 0
	for _, target := range slices.Sorted(maps.Keys(before)) {
		switch {
		case now[target] == "":
			list = append(list, target+" is gone")
		case now[target] != before[target]:
			changed++
			list = append(list, target+" builds something else than before")
		}
	}
	for _, target := range slices.Sorted(maps.Keys(now)) {
		if before[target] == "" {
			list = append(list, target+" is new")
		}
	}
	if changed > 0 && changed == len(before) {
		list = append(list, "everything is another: is BuildKit?")
	}
	return list
}

// byTarget are digests by the rest of their lines, as one names a target.
func byTarget(text string) map[string]string {
	digests := map[string]string{}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 4 && words[0] != "#" {
			digests["generated/"+words[0]+"/Dockerfile: target "+words[1]+" on "+words[2]] = words[3]
		}
	}
	return digests
}

func TestDifferences(t *testing.T) {
	old := digestsHeader + "a/b - linux/amd64 01\na/b dev linux/amd64 02\na/b old linux/amd64 03\n"
	new := digestsHeader + "a/b - linux/amd64 01\na/b dev linux/amd64 12\na/b new linux/amd64 03\n"
	want := []string{
		"generated/a/b/Dockerfile: target dev on linux/amd64 builds something else than before",
		"generated/a/b/Dockerfile: target old on linux/amd64 is gone",
		"generated/a/b/Dockerfile: target new on linux/amd64 is new",
	}
	if got := differences(old, new); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := differences(old, old); len(got) > 0 {
		t.Errorf("the same text differs: %q", got)
	}
}
