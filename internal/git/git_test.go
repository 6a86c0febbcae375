package git

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
)

// repository is a new repository, without the settings of whoever runs the test.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git command")
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	dir := t.TempDir()
	do(t, dir, "git init -q -b main && git config user.name n && git config user.email e@example.com")
	return dir
}

// do runs shell commands in a directory.
func do(t *testing.T, dir, commands string) {
	t.Helper()
	cmd := exec.Command("sh", "-ec", commands)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", commands, err, out)
	}
}

func open(t *testing.T, dir string) *Repository {
	t.Helper()
	r, d := Open(t.Context(), dir)
	fine(t, d)
	return r
}

func fine(t *testing.T, d *diag.Diagnostic) {
	t.Helper()
	if d != nil {
		t.Fatalf("%s: %s %q", d.Code, d.Message, d.Notes)
	}
}

// What has changed, seen from a directory of the repository, in files that git
// knows, does not know and ignores.
func TestChanged(t *testing.T) {
	dir := repository(t)
	do(t, dir, `
		mkdir -p m/sub other
		for f in m/same m/edited m/staged m/gone m/moved m/run m/link m/'a "b" ü' other/x; do echo "$f" > "$f"; done
		git add . && git commit -qm 1
		echo new > m/edited; echo new > m/staged; git add m/staged; rm m/gone; git mv m/moved m/renamed
		chmod +x m/run; rm m/link; ln -s same m/link; echo new > other/x; echo new > m/'a "b" ü'
		echo new > m/sub/untracked; echo new > m/added; git add m/added; echo new > m/back; git add m/back; rm m/back
		echo ignored > .gitignore; echo new > m/ignored; touch m/same
		git init -q m/inner && touch m/inner/x`)
	tree, d := open(t, filepath.Join(dir, "m")).Tree(t.Context(), "HEAD")
	fine(t, d)
	changes, d := tree.Changed(t.Context(), nil)
	fine(t, d)
	var got strings.Builder
	for _, c := range changes.List {
		fmt.Fprintf(&got, "%s: %s", c.Path, c.Kind)
		if c.Directory {
			got.WriteString(" directory")
		}
		got.WriteString("\n")
	}
	if want := `a "b" ü: changed
added: added
edited: changed
gone: removed
ignored: untracked
inner: untracked directory
link: type changed
moved: removed
renamed: added
run: mode changed
staged: changed
sub/untracked: untracked
`; got.String() != want {
		t.Errorf("%s\nwant\n%s", got.String(), want)
	}
}

func TestTree(t *testing.T) {
	dir := repository(t)
	do(t, dir, `
		mkdir -p m/a m/b m/a0; printf 'no line end' > m/a/x; : > m/a/empty; printf '\0binary\n\n' > m/b/y; echo 0 > m/a0/z; ln -s x m/a/link
		echo out > outside; git add . && git commit -qm 1; rm -r m/a; echo changed > m/b/y`)
	tree, d := open(t, filepath.Join(dir, "m")).Tree(t.Context(), "HEAD")
	fine(t, d)
	for below, want := range map[string]string{"": "a/empty a/link a/x a0/z b/y", "a": "a/empty a/link a/x", "b/": "b/y", "c": ""} {
		var got []string
		for _, e := range tree.Below(below) {
			got = append(got, e.Path)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("below %q: %q, want %q", below, got, want)
		}
	}
	if tree.Entry("a/link").Mode != ModeLink || tree.Has("outside") || !tree.Has("a/x") {
		t.Errorf("%+v", tree.Entries)
	}
	data, d := tree.Read(t.Context(), "b/y", "none", "a/x", "a/empty", "a/link", "a/x")
	fine(t, d)
	got := make([]string, len(data))
	for i, b := range data {
		got[i] = fmt.Sprintf("%q", b)
		if b == nil {
			got[i] = "nil"
		}
	}
	if s := strings.Join(got, " "); s != `"\x00binary\n\n" nil "no line end" "" "x" "no line end"` {
		t.Error(s)
	}
}

func TestRevisions(t *testing.T) {
	dir := repository(t)
	do(t, dir, `
		git commit -q --allow-empty -m 1 && git tag -a v1 -m tag && git checkout -qb side && git commit -q --allow-empty -m 2
		git checkout -q main && git commit -q --allow-empty -m 3
		git checkout -q --orphan alone && git commit -q --allow-empty -m 4 && git checkout -q main
		git clone -q --depth 1 "file://$PWD" ../shallow 2>/dev/null; git clone -q --bare . ../bare`)
	r := open(t, dir)
	commit := func(rev string) string {
		c, d := r.Commit(t.Context(), rev)
		fine(t, d)
		return c
	}
	if commit("v1") != commit("HEAD~1") || len(commit("v1")) != 40 {
		t.Error("a tag does not stand for its commit")
	}
	base, d := r.MergeBase(t.Context(), commit("side"), commit("HEAD"))
	fine(t, d)
	if base != commit("v1") {
		t.Errorf("the merge base is %s", base)
	}
	if commit(":/3") != commit("main") || commit("HEAD^{/1}") != commit("v1") || commit("@{-1}") != commit("alone") {
		t.Error("a commit is not found by its message, or by where HEAD was")
	}
	for _, rev := range []string{
		"nowhere", "", " ", "--all", "-h", "HEAD~9", "@{upstream}", "main\nmain", "a\x00b",
		"^HEAD", "main..side", "main...side", "..", "HEAD^!", "HEAD^@", "HEAD^-", "HEAD^-1",
		"HEAD^{tree}", "v1^{tree}", "v1^{blob}", "v1:file", "HEAD:", ":file", ":/nothing", "HEAD^{/nothing}",
	} {
		if _, d := r.Commit(t.Context(), rev); d == nil || d.Code != diag.CodeUnknownRevision {
			t.Errorf("%q: %+v", rev, d)
		}
	}
	if _, d := r.MergeBase(t.Context(), commit("alone"), commit("HEAD")); d == nil || d.Code != diag.CodeNoMergeBase {
		t.Errorf("%+v", d)
	}
	short := open(t, filepath.Join(filepath.Dir(dir), "shallow"))
	if _, d := short.Commit(t.Context(), "HEAD~1"); d == nil || d.Code != diag.CodeShallowClone {
		t.Errorf("%+v", d)
	}
	if _, d := Open(t.Context(), filepath.Join(filepath.Dir(dir), "bare")); d == nil || d.Code != diag.CodeNoRepository {
		t.Errorf("%+v", d)
	}
}

func TestOpen(t *testing.T) {
	repository(t)
	t.Setenv("GIT_CEILING_DIRECTORIES", os.TempDir())
	if _, d := Open(t.Context(), t.TempDir()); d == nil || d.Code != diag.CodeNoRepository {
		t.Errorf("%+v", d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, d := Open(ctx, t.TempDir()); d == nil || d.Code != diag.CodeIO || d.Message != "stopped: context canceled" {
		t.Errorf("%+v", d)
	}
	t.Setenv("PATH", t.TempDir())
	if _, d := Open(t.Context(), t.TempDir()); d == nil || d.Code != diag.CodeNoGit {
		t.Errorf("%+v", d)
	}
}
