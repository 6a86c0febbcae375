package oracle

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"stagecue.dev/oracle/judge"
)

// A tally is what the judgements of all Dockerfiles came to.
type tally struct {
	mu         sync.Mutex
	judgements int
	images     map[string]bool
	// digests are lines of testdata/llb.txt.
	digests []string
}

func (t *tally) add(dir string, v judge.Verdict) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.judgements += len(v.Judgements)
	for j, digest := range v.Digests {
		t.digests = append(t.digests, digestLine(dir, j, digest))
	}
	for _, name := range v.Images {
		t.images[name] = true
	}
}

// TestGenerated judges each target of each generated Dockerfile for each of its
// platforms, and fails for data that no Dockerfile needs. Where BuildKit has no
// complaint, the digests of what is built must be those that are checked in.
func TestGenerated(t *testing.T) {
	dockerfiles := generated(t)
	images, limits := data(t)
	sum := &tally{images: map[string]bool{}}

	t.Run("dockerfiles", func(t *testing.T) {
		for dir, text := range dockerfiles {
			t.Run(dir, func(t *testing.T) {
				t.Parallel()
				served := judge.Served(limits, dir)
				verdict := judge.Dockerfile(t.Context(), text, images, served)
				sum.add(dir, verdict)
				for _, c := range verdict.Complaints {
					t.Errorf("generated/%s/Dockerfile:%s", dir, c)
				}
				t.Logf("%d judgements on %q", len(verdict.Judgements), served)
				if !slices.ContainsFunc(verdict.Judgements, func(j judge.Judgement) bool {
					return j.Platform == "linux/amd64"
				}) {
					t.Error("nothing was judged on linux/amd64")
				}
			})
		}
	})
	t.Logf("%d Dockerfiles, %d judgements, %d images", len(dockerfiles), sum.judgements, len(sum.images))

	for _, name := range slices.Sorted(maps.Keys(images)) {
		if !sum.images[name] {
			t.Errorf("testdata/images.json: no Dockerfile uses %s: remove it", name)
		}
	}
	if !t.Failed() {
		compareDigests(t, sum.digests)
	}
}

// TestLimits fails for a limit that hides nothing: its Dockerfiles are gone, or
// BuildKit has no complaint about the platforms that it takes away.
func TestLimits(t *testing.T) {
	dockerfiles := generated(t)
	images, limits := data(t)
	for _, limit := range limits {
		t.Run(limit.Dockerfiles, func(t *testing.T) {
			t.Parallel()
			matched := 0
			for dir, text := range dockerfiles {
				if !limit.Matches(dir) {
					continue
				}
				matched++
				for _, platform := range limit.Missing() {
					v := judge.Dockerfile(t.Context(), text, images, []string{platform})
					if len(v.Complaints) == 0 {
						t.Errorf("testdata/limits.json: generated/%s/Dockerfile serves %s too: narrow the limit", dir, platform)
					}
				}
			}
			if matched == 0 {
				t.Error("testdata/limits.json: no Dockerfile is limited by this: remove it")
			}
		})
	}
}

// generated reads all Dockerfiles below ../generated, by directory.
func generated(t *testing.T) map[string][]byte {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	// The go command looks again at what a test reads before it answers from
	// its cache, but only at paths that begin with the module's directory.
	// filepath.Join would shorten this one, and a pass outlive its Dockerfiles.
	root := os.DirFS(here + "/../generated")
	dockerfiles := map[string][]byte{}
	err = fs.WalkDir(root, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() != "Dockerfile" {
			return err
		}
		text, err := fs.ReadFile(root, file)
		dockerfiles[path.Dir(file)] = text
		return err
	})
	if err != nil {
		t.Fatalf("reading ../generated: %v (`stagecue gen` makes it)", err)
	}
	if len(dockerfiles) == 0 {
		t.Fatal("there is no Dockerfile below ../generated: nothing would be judged")
	}
	return dockerfiles
}

// data reads what is known of images and platforms.
func data(t *testing.T) (judge.Images, []judge.Limit) {
	t.Helper()
	images, err := judge.ReadImages(filepath.Join("testdata", "images.json"))
	if err != nil {
		t.Fatal(err)
	}
	limits, err := judge.ReadLimits(filepath.Join("testdata", "limits.json"))
	if err != nil {
		t.Fatal(err)
	}
	return images, limits
}
