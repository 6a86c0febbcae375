//go:build linux

package e2e

import (
	"testing"

	"stagecue.dev/e2e/builder"
)

func testFiles(t *testing.T, b *bench) {
	img := b.build(t, "files/all", builder.Request{})
	for file, want := range map[string]string{
		"numeric":               "0750 12:34",
		"numeric/tool":          "0750 12:34",
		"numeric/sub":           "0750 12:34",
		"numeric/sub/data":      "0750 12:34",
		"symbolic/tool":         "0755 65534:65534",
		"symbolic/sub":          "0755 65534:65534",
		"symbolic/sub/data":     "0644 65534:65534",
		"etc/app/a.conf":        "0644 0:0",
		"linked/serve.sh":       "0755 0:0",
		"parents/app":           "0755 0:0",
		"etc/expanded.conf":     "0644 0:0",
		"added/file":            "0644 0:0",
		"parents/app/notes.txt": "0644 0:0",
	} {
		equal(t, "mode and owner of /"+file, img.stat(t, file), want)
	}
	for file, want := range map[string]string{
		"etc/app/a.conf":        "home = $HOME\n\\n 'x' \"y\"\n",
		"etc/app/b.conf":        "a.conf\nEOF\n  indented\n\ttab\n",
		"etc/expanded.conf":     "word = word\n",
		"added/file":            "added\n",
		"parents/app/notes.txt": "not for the image\n",
	} {
		equal(t, "the text of /"+file, img.read(t, file), want)
	}
	equal(t, "what is linked, without what is excluded", img.list(t, "linked"), "serve.sh")
	equal(t, "what is copied with its parents", img.list(t, "parents"), "app/ app/notes.txt")

	t.Run("traversable", func(t *testing.T) { testTraversable(t, b) })
}

// testTraversable copies a file into a directory that does not exist, and reads it
// as another user than root. With an octal mode the directory gets the mode of the
// file (https://github.com/moby/buildkit/issues/5943), and only root can enter.
func testTraversable(t *testing.T, b *bench) {
	img := b.build(t, "files/all", builder.Request{Target: "traversable"})
	equal(t, "the directory of a symbolic mode", img.stat(t, "new/symbolic"), "0755 0:0")
	equal(t, "the file in it", img.run(t), "not for the image\n")
	t.Logf("the directory of the mode 0644 is %s", img.stat(t, "new/octal"))
}
