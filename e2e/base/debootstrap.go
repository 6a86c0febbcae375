//go:build linux

package base

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// debootstrap makes a system from packages. Its mounts are in a namespace of its
// own: they go with it, however it ends.
func debootstrap(ctx context.Context, args ...string) error {
	// It only warns, otherwise, where it has no keys to check the packages by.
	args = append([]string{"--force-check-gpg"}, args...)
	command := exec.CommandContext(ctx, "debootstrap", args...)
	command.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGTERM}
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", command, err, out)
	}
	return nil
}

const (
	keyringURL = "http://archive.ubuntu.com/ubuntu/pool/main/u/ubuntu-keyring/ubuntu-keyring_2023.11.28.1_all.deb"
	// keyringSum pins the package, since nothing else vouches for it: it holds the
	// key F6ECB3762474EDA9D21B7022871920D1991BC93C, by which Ubuntu signs.
	keyringSum = "36de43b15853ccae0028e9a767613770c704833f82586f28eb262f0311adb8a8"
)

// ubuntuKeyring fetches the keys of Ubuntu's archive, which Debian does not have.
func ubuntuKeyring(ctx context.Context, dir string) (string, error) {
	file := filepath.Join(dir, "ubuntu-keyring.deb")
	if err := fetch(ctx, keyringURL, keyringSum, file); err != nil {
		return "", err
	}
	keys := filepath.Join(dir, "ubuntu-keyring")
	if out, err := exec.CommandContext(ctx, "dpkg-deb", "-x", file, keys).CombinedOutput(); err != nil {
		return "", fmt.Errorf("unpacking %s: %w\n%s", keyringURL, err, out)
	}
	return filepath.Join(keys, "usr/share/keyrings/ubuntu-archive-keyring.gpg"), nil
}

func fetch(ctx context.Context, url, sum, file string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, response.Status)
	}
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	if got := sha256.Sum256(data); hex.EncodeToString(got[:]) != sum {
		return fmt.Errorf("%s has the SHA-256 sum %x, not %s", url, got, sum)
	}
	return os.WriteFile(file, data, 0o644)
}
