//go:build linux

package e2e

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"stagecue.dev/e2e/base"
	"stagecue.dev/e2e/builder"
	"stagecue.dev/e2e/container"
	"stagecue.dev/e2e/image"
)

// A built image, and its files.
type built struct {
	*image.Image
	layout builder.Layout
	log    string
	root   string
}

// build builds one generated Dockerfile ("service/debian12"). The context is the
// module; busybox is there if no other image is.
func (b *bench) build(t *testing.T, dockerfile string, r builder.Request) built {
	t.Helper()
	result, err := b.try(t, dockerfile, r)
	if err != nil {
		t.Fatalf("building %s: %v\n%s", dockerfile, err, result.Log)
	}
	img, err := image.Open(t.Context(), result.Image)
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	if err := img.Unpack(t.Context(), root); err != nil {
		t.Fatal(err)
	}
	return built{Image: img, layout: result.Image, log: result.Log, root: root}
}

// try is build where the build may fail.
func (b *bench) try(t *testing.T, dockerfile string, r builder.Request) (builder.Result, error) {
	t.Helper()
	r.Dockerfile = filepath.Join(b.module, "generated", filepath.FromSlash(dockerfile), "Dockerfile")
	r.Context = b.module
	r.Output = t.TempDir()
	if r.Images == nil {
		r.Images = map[string]builder.Layout{"busybox:1": b.base(t, base.Busybox())}
	}
	return b.builder.Build(t.Context(), r)
}

// run runs the image and returns what it prints.
func (b built) run(t *testing.T, args ...string) string {
	t.Helper()
	result, err := container.Run(t.Context(), b.root, b.Config, args...)
	if err != nil {
		t.Fatal(err)
	}
	if result.Code != 0 || result.Stderr != "" {
		t.Errorf("the container ends with %d and says %q", result.Code, result.Stderr)
	}
	return result.Stdout
}

// read is the text of a file of the image.
func (b built) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(b.root, name))
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// stat is the mode and the owner of a file of the image: "0644 0:0".
func (b built) stat(t *testing.T, name string) string {
	t.Helper()
	info, err := os.Lstat(filepath.Join(b.root, name))
	if err != nil {
		t.Error(err)
		return ""
	}
	owner := info.Sys().(*syscall.Stat_t)
	return fmt.Sprintf("%04o %d:%d", info.Mode().Perm(), owner.Uid, owner.Gid)
}

// list is all that lies below a directory of the image, directories with a slash;
// "absent" if there is no such directory.
func (b built) list(t *testing.T, dir string) string {
	t.Helper()
	if _, err := os.Lstat(filepath.Join(b.root, dir)); errors.Is(err, fs.ErrNotExist) {
		return "absent"
	}
	var names []string
	root := os.DirFS(filepath.Join(b.root, dir))
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() {
			name += "/"
		}
		if name != "./" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return strings.Join(names, " ")
}

// equal compares one property of an image with what it should be.
func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s\n is %q,\nnot %q", what, got, want)
	}
}
