//go:build linux

package e2e

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"stagecue.dev/e2e/builder"
)

func testMounts(t *testing.T, b *bench) {
	t.Run("cache", func(t *testing.T) {
		for n, want := range []string{"first\n", "first\nsecond\n"} {
			number := strings.Fields("first second")[n]
			img := b.build(t, "mounts/all", builder.Request{
				Target: "cache", Args: map[string]string{"RUN_NUMBER": number},
			})
			equal(t, "what the "+number+" build finds", img.read(t, "builds"), want)
			equal(t, "what is left in the image", img.list(t, "var/cache"), "absent")
		}
	})
	t.Run("bind", func(t *testing.T) {
		img := b.build(t, "mounts/all", builder.Request{})
		equal(t, "what was bound", img.read(t, "bound"), "from a stage\nnot for the image\n")
		for _, dir := range []string{"mnt/stage", "mnt/context", "mnt/scratch"} {
			equal(t, "what is left in "+dir, img.list(t, dir), "absent")
		}
	})
	t.Run("tmpfs", func(t *testing.T) {
		img := b.build(t, "mounts/all", builder.Request{Target: "tmpfs"})
		mount := img.read(t, "mount")
		if !strings.HasPrefix(mount, "tmpfs /work tmpfs ") || !strings.Contains(mount, "size=1024k") {
			t.Errorf("the mount is %q", mount)
		}
		equal(t, "what is left in /work", img.list(t, "work"), "absent")
	})
	t.Run("secret", func(t *testing.T) { testSecret(t, b) })
}

// testSecret looks for a secret wherever an image could keep it.
func testSecret(t *testing.T, b *bench) {
	const token = "correct horse battery staple"
	secrets := map[string]string{"token": token}
	img := b.build(t, "mounts/all", builder.Request{Target: "secret", Secrets: secrets})
	sum := fmt.Sprintf("%x  -\n", sha256.Sum256([]byte(token)))
	equal(t, "the secret as a file", img.read(t, "token.sum"), sum)
	equal(t, "the secret as a variable", img.read(t, "env.sum"), sum)
	equal(t, "its mode and owner", img.read(t, "token.mode"), "440 7:8\n")

	leak := b.build(t, "mounts/all", builder.Request{Target: "leak", Secrets: secrets})
	for _, test := range []struct {
		name string
		built
		want bool
	}{{"the image", img, false}, {"the one that leaks", leak, true}} {
		found, err := test.Holds(t.Context(), []byte(token))
		if err != nil {
			t.Fatal(err)
		}
		if found != test.want {
			t.Errorf("the secret is in %s: %v", test.name, found)
		}
	}
}
