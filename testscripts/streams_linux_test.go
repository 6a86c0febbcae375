package testscripts

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestStreams: output that gets lost is trouble, exit 3, on every verb; so is a
// reader that has gone away.
func TestStreams(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	for _, test := range []struct {
		args           string
		stdout, stderr bool // whether it prints there
	}{
		{"version", true, false},
		{"--help", true, false},
		{"gen --help", true, false},
		{"completion bash", true, false},
		{"explain", true, false},
		{"explain io", true, false},
		{"check model", false, true},
		{"vet model", false, true},
		{"vet model --format json", true, false},
		{"matrix model", true, false},
		{"matrix model --format json", true, false},
		{"render model os=alpine3.22", true, false},
		{"blame generated/model/alpine3.22-cpu/Dockerfile:20", true, false},
		{"graph model --all", true, false},
		{"fmt --check stages/model", false, false},
		{"nonsense", false, true},
		{"gen --nonsense", false, true},
		{"render", false, true},
	} {
		t.Run(test.args, func(t *testing.T) {
			run := func(change func(*exec.Cmd)) (int, string) {
				var stderr bytes.Buffer
				cmd := exec.Command("stagecue", strings.Fields(test.args)...)
				cmd.Dir, cmd.Stderr = "..", &stderr
				change(cmd)
				_ = cmd.Run()
				return cmd.ProcessState.ExitCode(), stderr.String()
			}
			if code, said := run(func(cmd *exec.Cmd) { cmd.Stdout = full }); test.stdout != (code == 3) ||
				test.stdout && !strings.HasSuffix(said, "stagecue: cannot write to standard output: no space left on device\n") {
				t.Errorf("with a full standard output it exits with %d: %s", code, said)
			}
			if code, _ := run(func(cmd *exec.Cmd) { cmd.Stderr = full }); test.stderr != (code == 3) {
				t.Errorf("with a full standard error it exits with %d", code)
			}
			read, write, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer write.Close()
			read.Close()
			if code, said := run(func(cmd *exec.Cmd) { cmd.Stdout = write }); test.stdout != (code == 3) || strings.Contains(said, "broken pipe") {
				t.Errorf("with nobody to read it exits with %d: %s", code, said)
			}
		})
	}
}
