// Package tree compares the wanted files with the directory that holds them,
// and makes the directory what is wanted. It is the only writer of generated/
// and knows nothing of CUE.
package tree

import "stagecue.dev/internal/rope"

// headSize is how many bytes of a file are read at most to know whose it is.
const headSize = 4096

// A File is a wanted file.
type File struct {
	// Path is below the root of the tree, with slashes.
	Path string
	Data rope.Rope
}

// A Kind says how a path differs from what is wanted.
type Kind string

const (
	// Missing: wanted, and not there.
	Missing Kind = "missing"
	// Modified: wanted with other bytes.
	Modified Kind = "modified"
	// Orphan: ours, and not wanted any more.
	Orphan Kind = "orphan"
	// Foreign: neither ours nor wanted. It is never touched.
	Foreign Kind = "foreign"
	// InTheWay: wanted, but a file that is not ours is there.
	InTheWay Kind = "in-the-way"
	// Symlink: wanted, but a symbolic link, a directory or no regular file is
	// there or on the way there.
	Symlink Kind = "symlink"
)

// A Change is a path that differs.
type Change struct {
	// Path is below the root, with slashes. For Symlink it is what is in the
	// way, "" if that is the root itself.
	Path string
	Kind Kind
	// Old is what is there and New what is wanted; nil where there is nothing.
	// Foreign files are not read.
	Old []byte
	New rope.Rope
}

// A Scope is the part of the tree that a run is about. The zero Scope is all
// of it.
type Scope struct {
	// Stacks limits leftovers and foreign files to these folders.
	Stacks []string
	// Others are the folders of stacks that the run is not about. They matter
	// where one lies inside a folder of Stacks: what is in it belongs to the
	// other stack. Without Stacks they are ignored.
	Others []string
	// Files limits the run to the wanted files: nothing else is looked at.
	Files bool
	// Unmanaged are glob patterns (with **), relative to the root, of files that
	// are neither removed nor mentioned, whatever they hold.
	Unmanaged []string
}
