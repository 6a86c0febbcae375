package checks

import (
	"fmt"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/summary"
)

// scratch finds commands that run where there is no file at all. One is enough:
// what follows in the stage, and in those built from it, cannot be built either.
func (c *checker) scratch() {
	broken := map[string]bool{}
	for _, s := range c.Summary.Stages {
		if slices.ContainsFunc(s.Chain, func(name string) bool { return broken[name] }) {
			continue
		}
		for _, step := range s.Steps {
			run, ok := step.Instruction.(dockerfile.Run)
			if !ok || !step.Empty || bringsFiles(run) {
				continue
			}
			broken[s.Name] = true
			c.report(diag.CodeRunInScratch, diag.Error, summary.Place{Origin: step.Origin, Field: form(run)},
				fmt.Sprintf("stage %q is built from scratch and nothing is copied into it before this: there is no program to run", s.Name),
				"run it in a stage with a base image, and copy the result")
			break
		}
	}
}

// bringsFiles tells a command that may find its programs in a mount or device.
func bringsFiles(r dockerfile.Run) bool {
	return len(r.Devices) > 0 || slices.ContainsFunc(r.Mounts, func(m dockerfile.Mount) bool {
		return m.Type == "bind" || m.From != ""
	})
}

// form is the field of the schema that holds a command.
func form(r dockerfile.Run) string {
	switch {
	case r.Script != "":
		return "script"
	case len(r.Exec) > 0:
		return "exec"
	}
	return "run"
}
