package testscripts

import (
	"os/exec"
	"strings"
	"testing"
)

// TestRepository holds the repository to what it tells its users to run.
func TestRepository(t *testing.T) {
	for _, command := range []string{
		"stagecue check",
		"stagecue fmt --check",
		"cue vet -c=false ./...",
		"cue fmt --check ./...",
	} {
		t.Run(command, func(t *testing.T) {
			words := strings.Fields(command)
			cmd := exec.Command(words[0], words[1:]...)
			cmd.Dir = ".."
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", command, err, out)
			}
		})
	}
}
