package testscripts

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/literal"

	"stagecue.dev/internal/cli"
)

// world is a module with a text in it, in a repository of git.
type world struct {
	t   *testing.T
	dir string
}

// run runs a verb in the module.
func (w *world) run(args ...string) (stdout, stderr string) {
	w.t.Helper()
	var out, talk bytes.Buffer
	code := cli.Main(append([]string{"-C", w.dir}, args...), &out, &talk, func(string) string { return "" })
	if code == cli.ExitTrouble && strings.Contains(talk.String(), "internal") {
		w.t.Errorf("%q fails: %s", args, talk.String())
	}
	return out.String(), talk.String()
}

func (w *world) write(file, text string) bool {
	w.t.Helper()
	name := filepath.Join(w.dir, filepath.FromSlash(file))
	err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666))
	if err != nil && runtime.GOOS == "linux" {
		w.t.Fatal(err)
	}
	return err == nil // not all systems have files of any name
}

func (w *world) git(args ...string) {
	w.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", w.dir, "-c", "user.name=x", "-c", "user.email=x@example.com"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %v: %s", args, err, out)
	}
}

// newWorld is a module with texts in it, reasons and what is built. It was
// committed with other words.
func newWorld(t *testing.T, reasons, built []string) *world {
	w := &world{t, t.TempDir()}
	w.write("cue.mod/module.cue", "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n")
	for i := range built {
		w.write(fmt.Sprintf("files/%d/a", i), "")
	}
	w.write("stages/app/app.cue", forgedStack(slices.Repeat([]string{"before"}, len(reasons)), slices.Repeat([]string{"before"}, len(built)), false))
	w.run("gen", "-q")
	w.git("init", "-q", "-b", "main")
	w.git("add", ".")
	w.git("commit", "-qm", "before")
	w.write("stages/app/app.cue", forgedStack(reasons, built, true))
	return w
}

// forgedStack has a value of an axis for each reason, a rule against it if
// wanted, and a target for each text that is built.
func forgedStack(reasons, built []string, rules bool) string {
	var b strings.Builder
	b.WriteString("package app\n\nimport \"stagecue.dev/schema\"\n\naxes: schema.#Axes & {\n\tos: {a: {}, b: {}}\n\tkind: {\n\t\tplain: {fact: \"\"}\n")
	for i, text := range reasons {
		fmt.Fprintf(&b, "\t\tk%d: {fact: %s}\n", i, literal.String.Quote(text))
	}
	b.WriteString("\t}\n}\n\nvariant: schema.#Variant\n\nrules: schema.#Rules & {\n")
	for i, text := range reasons {
		if quoted := literal.String.Quote(text); rules {
			fmt.Fprintf(&b, "\t%s: {forbid: {os: id: \"b\", kind: id: \"k%d\"}, because: %s, see: \"https://example.com/see\"}\n", quoted, i, quoted)
		}
	}
	b.WriteString("}\n\ndockerfile: schema.#Dockerfile & {path: \"\\(variant.os.id)-\\(variant.kind.id)\", default: \"t0\"}\n")
	for i, text := range built {
		b.WriteString(strings.NewReplacer("TEXT", literal.String.Quote(text), "NAME", fmt.Sprintf("t%d", i), "DIR", fmt.Sprintf("files/%d", i)).Replace(`
stages: schema.#Stages & {NAME: {
	description: TEXT
	from:        "debian:12"
	steps: [{run: "echo NAME", description: TEXT}, {label: note: TEXT}, {copy: {src: ["DIR"], dest: "/files/"}}, {entrypoint: ["echo", TEXT]}]
}}
dockerfile: targets: NAME: {description: TEXT, info: about: {description: TEXT, command: "true"}}
`))
	}
	return b.String()
}
