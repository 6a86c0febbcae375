// Stagecue compiles support matrices and build stages, written in CUE, into
// plain Dockerfiles.
package main

import (
	"os"

	"stagecue.dev/internal/cli"
)

func main() {
	tuneGC()
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr, os.Getenv))
}
