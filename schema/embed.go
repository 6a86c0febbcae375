// Package schema carries the CUE package of the same directory, so that the
// command works in modules that do not hold a copy of it.
package schema

import "embed"

// ImportPath is the path by which stacks import the CUE package.
const ImportPath = "stagecue.dev/schema"

// Files are the .cue files of the package.
//
//go:embed *.cue
var Files embed.FS
