//go:build !linux

package e2e

import "testing"

func TestBuilds(t *testing.T) { t.Skip("runc and the file systems of images need Linux") }
