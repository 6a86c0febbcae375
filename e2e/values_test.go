//go:build linux

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/e2e/builder"
)

// testValues builds and runs an image with arbitrary text in every place that
// takes it, and wants each byte back.
func testValues(t *testing.T, b *bench) {
	values, lines := arbitraryValues(), arbitraryLines()
	img := b.build(t, "values/all", builder.Request{})

	equalList(t, "the arguments of the container", strings.Split(img.run(t), "\x00"),
		slices.Concat([]string{"/w/" + arbitraryName}, values, []string{""}))
	equalList(t, "the arguments of exec", zeros(t, img, "exec"), values)
	equalList(t, "the words of run", zeros(t, img, "run"), values)
	equalList(t, "the words of a script", zeros(t, img, "script"), slices.Concat(values, lines))
	equalList(t, "the health check", img.Config.Healthcheck.Test, slices.Concat([]string{"CMD", "sh"}, values))
	equal(t, "a build argument's default", img.read(t, "argument"), arbitraryName)
	equal(t, "an inline file", img.read(t, "text.txt"), strings.Join(slices.Concat(values, lines), "\n")+"\n")
	equal(t, "a copied file", img.read(t, filepath.Join("copied", arbitraryName, arbitraryName)), "text\n")
	if _, ok := img.Config.Volumes["/v/"+arbitraryName]; !ok {
		t.Errorf("the volumes are %q", img.Config.Volumes)
	}
	img.Config.Entrypoint = []string{"cat", "/proc/self/environ"}
	img.Config.Cmd = nil
	checkVariables(t, "the environment of the container", strings.Split(img.run(t), "\x00"), values)
	checkVariables(t, "the environment of a command", zeros(t, img, "environ"), values)
	for n, want := range values {
		equal(t, fmt.Sprintf("label v%d", n), img.Config.Labels[fmt.Sprintf("v%d", n)], want)
	}
}

// checkVariables looks for V0, V1 and so on in an environment.
func checkVariables(t *testing.T, what string, environ, values []string) {
	t.Helper()
	for n, want := range values {
		name := fmt.Sprintf("V%d=", n)
		i := slices.IndexFunc(environ, func(s string) bool { return strings.HasPrefix(s, name) })
		if i < 0 {
			t.Errorf("%s holds no %s", what, name)
			continue
		}
		equal(t, what, environ[i], name+want)
	}
}

func equalList(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: there are %d, not %d", what, len(got), len(want))
	}
	for n := range min(len(got), len(want)) {
		equal(t, fmt.Sprintf("%s, number %d", what, n), got[n], want[n])
	}
}

// zeros are the strings of a file, each of which ends in a zero.
func zeros(t *testing.T, img built, file string) []string {
	t.Helper()
	return strings.Split(strings.TrimSuffix(img.read(t, file), "\x00"), "\x00")
}

// writeValues writes the text of testValues into its stack. CUE takes JSON.
func writeValues(t *testing.T, module string) {
	t.Helper()
	text, err := json.Marshal(map[string]any{
		"_values": arbitraryValues(), "_lines": arbitraryLines(), "_name": arbitraryName,
	})
	if err != nil {
		t.Fatal(err)
	}
	// A quoted label is no hidden field, and CUE wants a byte order mark escaped.
	source := strings.NewReplacer(`"_values":`, `_values:`, `"_lines":`, `_lines:`, `"_name":`, `_name:`,
		"\ufeff", `\ufeff`).Replace(string(text))
	for file, text := range map[string]string{
		"stages/values/text.cue": "package values\n" + source,
		"odd/" + arbitraryName:   "text\n",
	} {
		if err := os.MkdirAll(filepath.Join(module, filepath.Dir(file)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(module, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
