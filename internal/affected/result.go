package affected

import (
	"stagecue.dev/internal/git"
	"stagecue.dev/internal/index"
)

// A Result is what came out.
type Result struct {
	// Images are those that are affected, in order of their Dockerfiles and
	// targets.
	Images []Image
	// Removed are those that there are no more.
	Removed []Image
	// All is the number of images that there are.
	All int
	// External are contexts outside of the module, which are not looked into.
	External []External
	// TextOnly are the stacks of which there was no index.
	TextOnly []string
}

// An Image is a target of a variant.
type Image struct {
	Stack   string
	Variant *index.Variant
	Target  *index.Target
	Causes  []Cause
}

// An External is a context that is not looked into.
type External struct {
	Stack, Address string
	// Images is how many images are built from it.
	Images int
}

// A Kind says why an image is affected.
type Kind string

// The kinds of causes.
const (
	New        Kind = "new"
	Dockerfile Kind = "dockerfile"
	IgnoreFile Kind = "ignore-file"
	File       Kind = "file"
	Context    Kind = "context"
	Platforms  Kind = "platforms"
	Tags       Kind = "tags"
	Parent     Kind = "parent"
	Always     Kind = "always"
)

// A Cause is a reason to build an image again.
type Cause struct {
	Kind Kind `json:"kind"`
	// Path is that of a file, or of the Dockerfile of a parent, from the module's
	// root.
	Path string `json:"path,omitempty"`
	// Change is what has become of a file, Source what reads it.
	Change git.Kind `json:"change,omitempty"`
	Stage  string   `json:"stage,omitempty"`
	Source string   `json:"source,omitempty"`
	// Target is that of a parent.
	Target string `json:"target,omitempty"`
	// Stages are what has changed in a Dockerfile.
	Stages []StageChange `json:"stages,omitempty"`
	// Before and After are what a setting was and is.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}
