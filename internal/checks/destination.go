package checks

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/summary"
)

// destinations finds copies of several files to what is no directory: BuildKit
// copies one over the other, and the last one stays.
// https://docs.docker.com/reference/dockerfile/#destination-1
func (c *checker) destinations() {
	c.steps(func(_ dockerfile.Stage, step dockerfile.Step) {
		prefix, instruction := "", step.Instruction
		if trigger, ok := instruction.(dockerfile.OnBuild); ok {
			prefix, instruction = "onbuild.", trigger.Instruction
		}
		switch i := instruction.(type) {
		case dockerfile.Copy:
			c.destination(len(i.Sources)+len(i.Files), i.Dest, summary.Place{Origin: step.Origin, Field: prefix + "copy.dest"})
		case dockerfile.Add:
			c.destination(len(i.Sources)+len(i.Files), i.Dest, summary.Place{Origin: step.Origin, Field: prefix + "add.dest"})
		}
	})
}

func (c *checker) destination(sources int, dest string, at summary.Place) {
	if sources > 1 && !strings.HasSuffix(dest, "/") {
		c.report(diag.CodeCopyDestination, diag.Error, at,
			fmt.Sprintf("with several sources, the destination %s must end in a slash", dest), fmt.Sprintf("write %q", dest+"/"))
	}
}
