package checks

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/summary"
)

// early finds copies of the build context that stand before an installation of
// packages which cannot need them: whenever a file changes, all is installed
// anew. It says nothing where that is not certain.
func (c *checker) early() {
	for _, s := range c.Summary.Stages {
		for n := range s.Steps {
			files, ok := copyOf(s, n)
			if !ok {
				continue
			}
			behind := -1
			for k := n + 1; k < len(s.Steps) && files.passes(s.Steps[k]); k++ {
				if isInstall(s.Steps[k]) {
					behind = k
				}
			}
			if behind < 0 {
				continue
			}
			at := summary.Place{Origin: s.Steps[behind].Origin}
			c.report(diag.CodeEarlyCopy, diag.Note, files.at,
				fmt.Sprintf("what is copied to %s is not needed by the packages that stage %q installs after it", files.dest, s.Name),
				"copy it behind them: else they are installed anew whenever a file changes",
				diag.Related{Span: c.at(at), Label: "it can stand behind this step"})
		}
	}
}

// isInstall tells the steps of the verb `install`: they run a package manager,
// which reads its own configuration and nothing else.
func isInstall(s summary.Step) bool { return strings.Contains(s.Origin.Path, ".install.expand[") }
