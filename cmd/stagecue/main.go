// Stagecue compiles support matrices and build stages, written in CUE, into
// plain Dockerfiles.
package main

import (
	"os"
	"runtime/debug"

	"stagecue.dev/internal/cli"
)

func main() {
	tuneGC()
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr, os.Getenv))
}

// tuneGC trades memory for time, unless the user has a say in it: evaluation
// leaves much that is soon dead, and a run is short.
// docs/performance.md has the figures.
func tuneGC() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(256 << 20)
	}
}
