package testscripts

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestNoNoise reads what the scripts expect on stderr, the whole corpus of
// broken stacks: nothing in it may be of use to nobody but us.
func TestNoNoise(t *testing.T) {
	banned := map[string]*regexp.Regexp{
		"a raw error of CUE's":   regexp.MustCompile(`empty disjunction|_\|_|mismatched types`),
		"a path of this machine": regexp.MustCompile(`(^|[\s"(:])/(tmp|home|root|work|var/folders)/|[A-Z]:\\`),
		"a type of Go's":         regexp.MustCompile(`\*?\b(ast|adt|cue|diag|matrix|load|errors|dockerfile)\.[A-Z]\w+`),
		"a place in the schema":  regexp.MustCompile(`(?m)^error.*\n  --> (cue\.mod/pkg/)?(stagecue\.dev/)?schema/\w+\.cue:`),
		"a failure of ours":      regexp.MustCompile(`error\[internal\]|goroutine \d+`),
	}
	scripts, err := filepath.Glob("*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	broken := 0
	for _, script := range scripts {
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range txtar.Parse(text).Files {
			if !strings.HasPrefix(file.Name, "want") || !strings.Contains(string(file.Data), "error[") {
				continue
			}
			broken++
			for what, pattern := range banned {
				if found := pattern.Find(file.Data); found != nil {
					t.Errorf("%s, %s: %s: %q", script, file.Name, what, found)
				}
			}
		}
	}
	if broken < 60 {
		t.Errorf("the corpus has only %d broken inputs", broken)
	}
}
