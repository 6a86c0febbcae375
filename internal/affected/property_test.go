package affected_test

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"testing"
)

// What is listed is at least what a build of would read anything else than
// before. The oracle knows nothing of the sources of Dockerfiles: it has made
// the module, and hashes all that each image can read.
func TestNothingIsMissed(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git command")
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	rounds, seeds := 8, 3
	if testing.Short() {
		rounds, seeds = 4, 1
	}
	listed, needed := 0, 0
	for seed := range seeds {
		w := newWorld(t, rand.New(rand.NewPCG(uint64(seed), 7)))
		w.commit()
		for round := range rounds {
			onlyFiles := w.change(1 + w.random.IntN(2))
			if w.random.IntN(2) == 0 {
				w.stagecue("gen", "-q") // generated/ may be fresh or stale
			}
			if w.random.IntN(2) == 0 {
				w.sh("git add -A") // as renames, git would show them
			}
			if w.random.IntN(2) == 0 {
				w.sh("git ls-files -z | git update-index -z --assume-unchanged --stdin") // git is to see no change
			}
			now := w.hashes()
			for _, base := range []int{len(w.commits) - 1, w.random.IntN(len(w.commits))} {
				l, n := w.compare(base, now, fmt.Sprintf("seed %d round %d", seed, round), onlyFiles && !w.made && base == len(w.commits)-1)
				listed, needed = listed+l, needed+n
			}
			w.commit()
		}
	}
	t.Logf("%d images were listed, of which %d had to be", listed, needed)
	if needed == 0 || listed > 2*needed {
		t.Error("too many images are listed, or nothing was tried")
	}
}
