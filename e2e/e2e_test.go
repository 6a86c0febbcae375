//go:build linux

package e2e

import (
	"testing"
)

// TestBuilds compiles the stacks below testdata, builds them and runs the images.
// All subtests share one builder, since a base image takes seconds to unpack; none
// depends on what another has built.
func TestBuilds(t *testing.T) {
	b := newBench(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *bench)
	}{
		{"service", testService},
		{"packages", testPackages},
		{"mounts", testMounts},
		{"scripts", testScripts},
		{"files", testFiles},
		{"args", testArgs},
		{"values", testValues},
		{"onbuild", testOnbuild},
		{"bake", testBake},
		{"failures", testFailures},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, b) })
	}
}
