// Package bake has the program that reads the files for bake read them: docker
// buildx, built from source. It is a module of its own, since buildx is 250
// others, and imports nothing of Stagecue, so that it judges independently.
//
// It all is tests: `go test ./...` in this directory. Where the modules of buildx
// cannot be had, they are skipped.
package bake
