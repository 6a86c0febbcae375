// Package e2e builds what Stagecue compiles and runs what was built: the stacks
// below testdata are compiled by the command of this repository, built by
// BuildKit in the test's own process, and run by runc. There is no daemon and no
// registry: the base images are made here, from the distributions' packages.
//
// It all is tests, for root on Linux: `make e2e`. It is a module of its own since
// BuildKit's daemon brings a hundred others, and imports nothing of Stagecue.
package e2e
