// Package oracle judges the Dockerfiles below ../generated with BuildKit, the
// program that will build them: its parser, its build checks and its conversion
// to LLB must have nothing to say about any target on any platform. It is a
// module of its own since BuildKit brings fifty others, and imports nothing of
// Stagecue, so that it judges independently.
//
// It all is tests: `go test ./...` in this directory. What the Dockerfiles may
// use is data: testdata/images.json, and testdata/limits.json for those that do
// not serve all platforms. What they build is pinned as digests in
// testdata/llb.txt; STAGECUE_UPDATE=1 rewrites those.
package oracle
