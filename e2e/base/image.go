//go:build linux

package base

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
)

// An Image is a base image that can be made here.
type Image struct {
	// Name is what FROM says.
	Name string
	// Key names its directory in the cache. It changes with all that matters.
	Key string
	// Needs are programs of the host without which it cannot be made.
	Needs []string

	root func(ctx context.Context, dir string) error
}

// Missing says what the host lacks to make the image; nil if it lacks nothing.
func (i Image) Missing() error {
	for _, program := range i.Needs {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Errorf("%s needs %s: %w", i.Name, program, err)
		}
	}
	return nil
}

// Debian is Debian's own minimal system.
func Debian(release, suite string) Image {
	return Image{
		Name:  "debian:" + release,
		Key:   "debian-" + suite + "-1",
		Needs: []string{"debootstrap"},
		root: func(ctx context.Context, dir string) error {
			err := debootstrap(ctx, "--variant=minbase", suite, dir, "http://deb.debian.org/debian")
			if err != nil {
				return err
			}
			return likePublished(dir)
		},
	}
}

// Ubuntu is Ubuntu's own minimal system.
func Ubuntu(release, suite string) Image {
	return Image{
		Name:  "ubuntu:" + release,
		Key:   "ubuntu-" + suite + "-1",
		Needs: []string{"debootstrap", "dpkg-deb"},
		root: func(ctx context.Context, dir string) error {
			keyring, err := ubuntuKeyring(ctx, filepath.Dir(dir))
			if err != nil {
				return err
			}
			// Debian's debootstrap does not know the names of Ubuntu's later releases,
			// but they are all made by the script of one of the first.
			err = debootstrap(ctx, "--variant=minbase", "--keyring="+keyring,
				suite, dir, ubuntuArchive(), "/usr/share/debootstrap/scripts/gutsy")
			if err != nil {
				return err
			}
			return likePublished(dir)
		},
	}
}

// ubuntuArchive has the packages for this machine's architecture.
func ubuntuArchive() string {
	if runtime.GOARCH == "amd64" {
		return "http://archive.ubuntu.com/ubuntu"
	}
	return "http://ports.ubuntu.com/ubuntu-ports"
}

// Busybox is a system of one program, which the host has.
func Busybox() Image {
	return Image{
		Name:  "busybox:1",
		Key:   "busybox-1",
		Needs: []string{"busybox"},
		root:  busybox,
	}
}
