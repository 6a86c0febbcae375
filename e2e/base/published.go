//go:build linux

package base

import (
	"os"
	"path/filepath"
)

// likePublished makes of a new system what Debian and Ubuntu publish as an image:
// no packages and no lists of them are left in it, and apt and dpkg have the same
// settings.
func likePublished(dir string) error {
	for _, pattern := range []string{"var/cache/apt/archives/*.deb", "var/cache/apt/*.bin", "var/lib/apt/lists/*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := os.RemoveAll(file); err != nil {
				return err
			}
		}
	}
	for file, text := range map[string]string{
		// Packages are not kept. Install steps with a cache remove this file, and know
		// it by its name.
		"etc/apt/apt.conf.d/docker-clean": `DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb"; };`,
		// Files need not be safe on the disk before the image is.
		"etc/dpkg/dpkg.cfg.d/docker-apt-speedup": "force-unsafe-io",
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text+"\n"), 0o644); err != nil {
			return err
		}
	}
	return nil
}
