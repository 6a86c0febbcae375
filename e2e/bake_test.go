//go:build linux

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stagecue.dev/e2e/base"
	"stagecue.dev/e2e/builder"
	"stagecue.dev/e2e/image"
)

// testBake has `docker buildx bake` build an image by the generated file, and
// with it the images that it is built from and copies from: none of them is to be
// had anywhere else.
func testBake(t *testing.T, b *bench) {
	x := b.buildx(t)
	// A user's ignore file would keep out what is copied; the generated one, which
	// stands beside the Dockerfile, holds in its place.
	ignore := filepath.Join(b.module, ".dockerignore")
	if err := os.WriteFile(ignore, []byte("**\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(ignore) })

	for _, file := range []string{"generated/family/docker-bake.json", "generated/docker-bake.json"} {
		built := x.bake(t, file, "family-app", nil)
		equal(t, "a file of the base", built.read(t, "base.txt"), "base of vanilla\n")
		equal(t, "a copied file of the tool", built.read(t, "tool.txt"), "tool\n")
		equal(t, "a mounted file of the tool", built.read(t, "both.txt"), "base of vanilla\ntool\n")
		notes, err := os.ReadFile(filepath.Join(b.module, "app", "notes.txt"))
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "a file of the context", built.read(t, "notes.txt"), string(notes))
		equal(t, "the label", built.Config.Labels["org.opencontainers.image.description"], "is app")
		if !strings.Contains(strings.Join(built.Config.Env, " "), "ORIGIN=base") {
			t.Errorf("the environment is %q", built.Config.Env)
		}
		if !regexp.MustCompile(`\[family-base `).MatchString(built.log) {
			t.Errorf("the base was not built:\n%s", built.log)
		}
	}

	changed := x.bake(t, "generated/family/docker-bake.json", "family-app", []string{"ARG_FLAVOUR=bitter"})
	equal(t, "a file of the base with an argument", changed.read(t, "base.txt"), "base of bitter\n")

	// Who says which tag the base has wants that of a registry, and there is none.
	if out, err := x.run(t, "generated/family/docker-bake.json", "family-app", t.TempDir(), []string{"ARG_BASE_TAG=1"}); err == nil || !strings.Contains(out, "example.com/family/base:1") || strings.Contains(out, "[family-base ") {
		t.Errorf("the base of the registry was not asked for: %v\n%s", err, out)
	}
	if err := os.Remove(filepath.Join(b.module, "generated", "family", "app", "Dockerfile.dockerignore")); err != nil {
		t.Fatal(err)
	}
	if out, err := x.run(t, "generated/family/docker-bake.json", "family-app", t.TempDir(), nil); err == nil || !strings.Contains(out, "notes.txt") {
		t.Errorf("the other ignore file made no difference: %v\n%s", err, out)
	}
}

// buildx is the program, and its configuration.
type buildx struct {
	program, module, config string
	busybox                 builder.Layout
}

// buildx builds the program and makes the builder known to it. The test is
// skipped where its modules cannot be had.
func (b *bench) buildx(t *testing.T) *buildx {
	t.Helper()
	x := &buildx{program: filepath.Join(t.TempDir(), "buildx"), module: b.module, config: t.TempDir(), busybox: b.base(t, base.Busybox())}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", x.program, "github.com/docker/buildx/cmd/buildx")
	build.Dir = filepath.Join("..", "oracle", "bake")
	if out, err := build.CombinedOutput(); err != nil {
		if regexp.MustCompile(`403 Forbidden|404 Not Found|dial tcp|no such host|connection refused`).Match(out) {
			skip(t, "the modules of docker buildx cannot be had")
		}
		t.Fatalf("docker buildx does not build: %v\n%s", err, out)
	}
	// The path of a socket must be short.
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "s")
	if err := b.builder.Listen(socket); err != nil {
		t.Fatal(err)
	}
	create := x.command(t, nil, "create", "--name", "e2e", "--driver", "remote", "unix://"+socket)
	if out, err := create.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return x
}

func (x *buildx) command(t *testing.T, env []string, args ...string) *exec.Cmd {
	c := exec.CommandContext(t.Context(), x.program, args...)
	c.Dir = x.module
	c.Env = append(env, "HOME="+x.config, "BUILDX_CONFIG="+x.config, "PATH="+os.Getenv("PATH"))
	return c
}

// run has bake build a target into a directory. The base image comes from where
// it lies, and nothing from a registry: there is none.
func (x *buildx) run(t *testing.T, file, target, dir string, env []string) (string, error) {
	t.Helper()
	c := x.command(t, env, "bake", "--builder", "e2e", "--progress", "plain", "--provenance=false", "--file", file,
		"--allow", "fs.read="+x.busybox.Dir, "--allow", "fs.write="+dir,
		"--set", "*.contexts.busybox:1=oci-layout://"+x.busybox.Dir+"@"+x.busybox.Digest,
		"--set", "*.cache-from=", "--set", "*.cache-to=",
		"--set", target+".output=type=oci,tar=false,dest="+dir, target)
	out, err := c.CombinedOutput()
	return string(out), err
}

// bake is run where the build must not fail.
func (x *buildx) bake(t *testing.T, file, target string, env []string) built {
	t.Helper()
	dir := t.TempDir()
	out, err := x.run(t, file, target, dir, env)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", file, target, err, out)
	}
	digest := regexp.MustCompile(`exporting manifest (sha256:[0-9a-f]{64})`).FindAllStringSubmatch(out, -1)
	if len(digest) == 0 {
		t.Fatalf("no image in\n%s", out)
	}
	layout := builder.Layout{Dir: dir, Digest: digest[len(digest)-1][1]}
	img, err := image.Open(t.Context(), layout)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	root := t.TempDir()
	if err := img.Unpack(t.Context(), root); err != nil {
		t.Fatal(err)
	}
	return built{Image: img, layout: layout, log: out, root: root}
}
