//go:build !linux

package e2e

import "testing"

func TestBuilds(t *testing.T) { t.Skip("images are built and run on Linux only") }
