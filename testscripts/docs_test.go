package testscripts

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocs runs the blocks of the README and of docs/, each page in a module of
// its own. A block's kind stands behind its opening fence:
//
//	cue PATH         the file PATH of the module
//	diff PATH        a change of that file, see apply
//	dockerfile PATH  what `stagecue gen` writes to PATH
//	console          commands behind "$ ", each with what it prints
//	sh repository    commands for this repository, which .ci/run runs
//	sh install       how the command is installed from a registry
//	yaml PATH        a file of this repository; the module gets it as well
//	python PATH, json PATH  likewise
//
// STAGECUE_UPDATE=1 rewrites what is expected.
func TestDocs(t *testing.T) {
	pages := []string{"../README.md"}
	for _, pattern := range []string{"../docs/*.md", "../docs/findings/*.md"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, more...)
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			d := runPage(t, page)
			if filepath.Base(page) == "tutorial.md" {
				d.endsAs("stages/model", "examples/model")
			}
		})
	}
}

// doc is a page while it is run.
type doc struct {
	t   *testing.T
	dir string
	// out is the page with what the commands really print.
	out bytes.Buffer
}

func runPage(t *testing.T, page string) *doc {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	d := &doc{t: t, dir: t.TempDir()}
	d.run("stagecue init -q example.com/docs && rm -r stages")
	for _, name := range copied() {
		d.write(name, "")
	}
	lines := strings.SplitAfter(string(text), "\n")
	for i := 0; i < len(lines); i++ {
		d.out.WriteString(lines[i])
		info, ok := strings.CutPrefix(strings.TrimRight(lines[i], "\n"), "```")
		if !ok {
			continue
		}
		var block strings.Builder
		for i++; i < len(lines) && strings.TrimRight(lines[i], "\n") != "```"; i++ {
			block.WriteString(lines[i])
		}
		d.out.WriteString(d.block(fmt.Sprintf("%s:%d", page, i), info, block.String()))
		d.out.WriteString("```\n")
	}
	switch {
	case bytes.Equal(d.out.Bytes(), text):
	case os.Getenv("STAGECUE_UPDATE") != "":
		if err := os.WriteFile(page, d.out.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s is not what its commands do; STAGECUE_UPDATE=1 rewrites it. It would be:\n%s", page, d.out.String())
	}
	return d
}

// copied are files that the examples copy into images.
func copied() []string {
	names := []string{"app.py", "app/main", "go.mod", "go.sum", "bin/tool", "lib/library", "src/main", "etc/app/app.conf", "my file.txt", "docs/guide.md"}
	for n := range 126 {
		names = append(names, fmt.Sprintf("part%d", n))
	}
	return names
}

// block runs one block and returns it as it should be.
func (d *doc) block(where, info, text string) string {
	kind, path, _ := strings.Cut(info, " ")
	switch {
	case kind == "cue" && path != "":
		d.write(path, text)
		return text
	case kind == "diff" && path != "":
		d.apply(where, path, text)
		return text
	case kind == "dockerfile" && path != "":
		d.run("stagecue gen -q")
		data, err := os.ReadFile(filepath.Join(d.dir, path))
		if err != nil {
			d.t.Fatalf("%s: %v", where, err)
		}
		return string(data)
	case kind == "console":
		return d.console(text)
	case info == "sh repository":
		d.makeTargets(where, text)
		return text
	case info == "sh install":
		return text
	case (kind == "yaml" || kind == "python" || kind == "json") && path != "":
		data, err := os.ReadFile(filepath.Join("..", path))
		if err != nil {
			d.t.Fatalf("%s: %v", where, err)
		}
		d.write(path, string(data))
		return string(data)
	}
	d.t.Errorf("%s: a block of no known kind, %q: it would not be tested", where, info)
	return text
}

// console runs the commands of a block and puts what they print below them.
func (d *doc) console(text string) string {
	var out strings.Builder
	for _, line := range strings.Split(text, "\n") {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		out.WriteString(line + "\n" + d.run(command))
	}
	return out.String()
}

// run runs a shell command in the page's module and returns what it prints.
func (d *doc) run(command string) string {
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = d.dir
	cmd.Env = append(os.Environ(), "HOME="+d.dir)
	data, err := cmd.CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		d.t.Fatalf("%s: %v", command, err)
	}
	return string(data)
}

func (d *doc) write(path, text string) {
	name := filepath.Join(d.dir, path)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		d.t.Fatal(err)
	}
}

// makeTargets checks that commands for the repository are targets of the
// Makefile; .ci/run runs them.
func (d *doc) makeTargets(where, text string) {
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		d.t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] != "make" || !bytes.Contains(makefile, []byte("\n"+words[1]+":")) {
			d.t.Errorf("%s: %q is no target of the Makefile", where, line)
		}
	}
}
