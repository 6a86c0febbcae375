package compile

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// declarations are a stack, in pieces whose order means nothing.
var declarations = []string{
	`axes: schema.#Axes & {os: {"debian12": {family: "debian", image: "debian:12"}, "rocky9": {family: "rhel", image: "rockylinux:9"}}}`,
	`axes: cuda: {none: major: null, "12": major: 12, "13": major: 13}`,
	`axes: dev: {cpu: {}, gpu: {}}`,
	`rules: schema.#Rules & {"gpu-needs-cuda": {when: dev: id: "gpu", require: cuda: major: >0, because: "it runs nothing"}}`,
	`rules: "no-13-on-rpm": {forbid: {os: family: "rhel", cuda: major: 13}, because: "not built"}`,
	`variant: schema.#Variant`,
	`stages: schema.#Stages & {#packages: manager: {debian: "apt", rhel: "dnf"}[variant.os.family]}`,
	`stages: base: {from: variant.os.image, steps: [{install: packages: ["tini", "curl", "ca-certificates"]}]}`,
	`stages: wheels: {from: stages.base.name, steps: [{run: "make $JOBS $COMMIT"}], exports: {a: "/opt/a", b: "/opt/b"}}`,
	`stages: docs: {from: stages.base.name, steps: [{run: "make docs"}]}`,
	`stages: runtime: {
	from: stages.base.name
	steps: [
		{env: {ZED: "1", ALPHA: "2", "MID": "\(variant.cuda.id)"}},
		{label: {"org.b": "1", "org.a": "2", a: "3"}},
		{copy: {from: stages.wheels.name, src: [stages.wheels.exports.b, stages.wheels.exports.a], dest: "/opt/"}},
		{copy: {from: stages.docs.name, src: ["/docs"], dest: "/docs"}},
		if variant.dev.id == "gpu" {{run: "ldconfig"}},
	]
}`,
	`stages: test: {from: stages.runtime.name, steps: [{run: "make test"}]}`,
	`dockerfile: schema.#Dockerfile & {path: "\(variant.dev.id)/cuda-\(variant.cuda.id)/\(variant.os.id)"}`,
	`dockerfile: {default: "runtime", targets: {runtime: {}, test: {}}}`,
	`dockerfile: args: {JOBS: default: "4", COMMIT: default: "unknown"}`,
}

// shuffled spreads the stack over files, in an order of its own for each seed.
func shuffled(seed uint64) map[string]string {
	r := rand.New(rand.NewPCG(seed, 3))
	files := map[string]string{}
	for _, i := range r.Perm(len(declarations)) {
		files[fmt.Sprintf("stages/app/%c.cue", 'a'+r.IntN(4))] += declarations[i] + "\n"
	}
	for name, text := range files {
		if files[name] = head("app") + text; !strings.Contains(text, "schema.") {
			files[name] = "package app\n\n" + text
		}
	}
	return files
}

// The bytes do not depend on where the module is, on how its declarations are
// ordered and spread over files, or on how many processors there are.
func TestSameBytesEverywhere(t *testing.T) {
	whole := map[string]string{"stages/app/app.cue": head("app") + strings.Join(declarations, "\n")}
	want := printed(t, run(t, module(t, "first", whole)))
	if n := strings.Count(want, "==> "); n != 20 {
		t.Errorf("%d files, want 8 Dockerfiles, an ignore file for each and 4 files of all:\n%s", n, want)
	}
	for seed := range uint64(6) {
		if got := printed(t, run(t, module(t, fmt.Sprintf("other place %d", seed), shuffled(seed)))); got != want {
			t.Errorf("seed %d: got\n%s\nwant\n%s", seed, got, want)
		}
	}
	m := module(t, "processors", shuffled(1))
	for _, n := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(n)
		got := printed(t, run(t, m))
		runtime.GOMAXPROCS(before)
		if got != want {
			t.Errorf("with %d processors: got\n%s\nwant\n%s", n, got, want)
		}
	}
}

// Nothing of the machine is in the output of the stack that the repository has.
func TestInferenceStackElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the repository's stacks, which -short leaves out")
	}
	files := map[string]string{}
	names, err := filepath.Glob("../../stages/inference/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files["stages/inference/"+filepath.Base(name)] = string(text)
	}
	made := run(t, module(t, "elsewhere", files)).Files
	if len(made) == 0 {
		t.Fatal("nothing was compiled")
	}
	for _, f := range made {
		if f.Stack == "" {
			continue // it is about all stacks of a module
		}
		want, err := os.ReadFile(filepath.Join("../../generated", filepath.FromSlash(f.Path)))
		if err != nil || string(want) != f.Text.String() {
			t.Errorf("%s is not what the repository holds: %v", f.Path, err)
		}
	}
}
