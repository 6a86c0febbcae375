package inputs

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

func text(s string) *string { return &s }

func steps(instructions ...dockerfile.Instruction) []dockerfile.Step {
	out := make([]dockerfile.Step, len(instructions))
	for i, in := range instructions {
		out[i] = dockerfile.Step{Instruction: in, Origin: dockerfile.Origin{Path: fmt.Sprintf("steps[%d]", i)}}
	}
	return out
}

// sample is a file of all kinds of references, with two targets.
func sample() (*dockerfile.File, dockerfile.Plan) {
	args := []dockerfile.Arg{{Name: "BASE", Default: text("debian:12")}, {Name: "COMMIT"}, {Name: "OTHER", Default: text("x")}}
	file := &dockerfile.File{Args: args, Default: "runtime", Stages: []dockerfile.Stage{
		{Name: "wheels_amd64", From: "manylinux:1", Key: "a", Steps: steps(dockerfile.Copy{Sources: []string{"wheels/"}, Dest: "/w"})},
		{Name: "wheels_arm64", From: "manylinux:2", Key: "b", Steps: steps(
			dockerfile.Copy{Sources: []string{"./wheels"}, Dest: "/w"}, dockerfile.Copy{Sources: []string{"arm"}, Dest: "/w"})},
		{Name: "wheels", From: "wheels_$TARGETARCH", Key: "c"},
		{Name: "lint", From: "golang:1.26", Key: "d", Steps: steps(
			dockerfile.Run{Shell: "lint", Mounts: []dockerfile.Mount{{Type: "bind", Target: "/src"}, {Type: "ssh"}, {Type: "ssh", ID: "git"}}})},
		{Name: "runtime", From: "${BASE}", Key: "e", Steps: steps(
			dockerfile.Copy{From: "wheels", Sources: []string{"/w"}, Dest: "/w"},
			dockerfile.Copy{From: "busybox:1", Sources: []string{"/bin/sh"}, Dest: "/w"},
			dockerfile.ArgUse{Name: "COMMIT"},
			dockerfile.ArgUse{Name: "TARGETARCH"},
			dockerfile.Run{Shell: "x", Mounts: []dockerfile.Mount{
				{Type: "bind", From: "assets", Target: "/a"}, {Type: "cache", From: "alpine:3", Target: "/c"},
				{Type: "secret", ID: "token"}, {Type: "secret", ID: "token", Required: true}, {Type: "secret", ID: "token", Env: "TOKEN"},
			}},
			dockerfile.Copy{Sources: []string{"bin/$TARGETARCH/app", "../etc/*.conf"}, Dest: "/bin/"},
		)},
	}}
	plan := dockerfile.Plan{Args: args, Contexts: []string{"assets"}, Targets: []dockerfile.Target{
		{Stage: "lint"}, {Stage: "runtime", Platforms: []string{"linux/amd64", "linux/arm64"}},
	}}
	return file, plan
}

func TestOf(t *testing.T) {
	in := Of(sample())
	runtime := in.Stages[4]
	for what, pair := range map[string][2]any{
		"needs":    {runtime.Needs, []string{"wheels"}},
		"wheels":   {in.Stages[2].Needs, []string{"wheels_amd64", "wheels_arm64"}},
		"images":   {runtime.Images, []string{"debian:12", "busybox:1", "alpine:3"}},
		"contexts": {runtime.Contexts, []string{"assets"}},
		"secrets":  {runtime.Secrets, []Secret{{"token", "", true}, {"token", "TOKEN", false}}},
		"args":     {runtime.Args, []string{"BASE", "COMMIT"}},
		"ssh":      {in.Stages[3].SSH, []string{"default", "git"}},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s: %v, want %v", what, pair[0], pair[1])
		}
	}
	target, _ := in.Target("runtime")
	if want := []string{"wheels_amd64", "wheels_arm64", "wheels", "runtime"}; !slices.Equal(target.Stages, want) {
		t.Errorf("stages %v, want %v", target.Stages, want)
	}
	if want := []string{"manylinux:1", "manylinux:2", "debian:12", "busybox:1", "alpine:3"}; !slices.Equal(target.Images(), want) {
		t.Errorf("images %v, want %v", target.Images(), want)
	}
	var patterns []string
	for _, s := range target.Sources() {
		patterns = append(patterns, strings.Join(s.Patterns, " "))
	}
	if got, want := strings.Join(patterns, ", "), "wheels, arm, bin/amd64/app bin/arm64/app, etc/*.conf"; got != want {
		t.Errorf("sources %s, want %s", got, want)
	}
	lint, _ := in.Target("lint")
	if got := lint.Sources(); len(got) != 1 || got[0].Patterns[0] != Everything || got[0].Path != "." {
		t.Errorf("lint reads %v", got)
	}
	if _, ok := in.Target("wheels"); ok || lint.Secrets() != nil || len(target.Secrets()) != 2 || len(target.Args()) != 2 || target.Contexts()[0] != "assets" || target.SSH() != nil {
		t.Error("the targets are mixed up")
	}
}

// Only what is of the file or the platform makes another stage of one.
func TestMemo(t *testing.T) {
	file, plan := sample()
	var m Memo
	first := m.Of(file, plan)
	if again := m.Of(file, plan); !slices.Equal(again.Stages, first.Stages) {
		t.Error("nothing is shared")
	}
	if whole := Of(file, plan); !reflect.DeepEqual(whole, first) {
		t.Error("what is shared is not what it is alone")
	}
	plan.Targets[1].Platforms = []string{"linux/arm64"}
	less := m.Of(file, plan)
	var same []string
	for i, s := range less.Stages {
		if s == first.Stages[i] {
			same = append(same, s.Name)
		}
	}
	if got, want := strings.Join(same, " "), "wheels_amd64 wheels_arm64 lint"; got != want {
		t.Errorf("shared: %s, want %s", got, want)
	}
	target, _ := less.Target("runtime")
	if slices.Contains(target.Stages, "wheels_amd64") {
		t.Errorf("for arm64 alone it needs %v", target.Stages)
	}
	file.Args[0].Default = text("debian:13")
	if images := m.Of(file, plan).Stages[4].Images; images[0] != "debian:13" {
		t.Errorf("with another default, the images are %v", images)
	}
}

func TestSources(t *testing.T) {
	for _, tt := range []struct{ word, platforms, patterns, byDefault string }{
		{"a/b", "", "a/b", "a/b"},
		{"/a//b/", "", "a/b", "a/b"},
		{"../../a", "", "a", "a"},
		{"a/../..", "", "**", "**"},
		{".", "linux/amd64", "**", "**"},
		{"a*b/?", "", "a*b/?", "a*b/?"},
		{"a**b", "", "a*b", "a*b"},
		{"[a-c]x[^]]", "", "?x?", "?x?"},
		{`a\*b`, "", "a?b", "a?b"},
		{"a[b", "", "**", "**"},
		{`a\/b`, "", "**", "**"},
		{"a b", "", "a b", "a b"},
		{" a ", "", "?a?", "?a?"},
		{"c++/{x}", "", "c++/{x}", "c++/{x}"},
		{"app-$V.jar", "", "app-**/*.jar", "app-1.jar"},
		{"app-*$V*.jar", "", "app-**/*.jar", "app-*1*.jar"},
		{"a/$V/b", "", "a/**/b", "a/1/b"},
		{"a/$V/${W}/b", "", "a/**/b", ""},
		{"$V", "", "**", "1"},
		{"**/$V", "", "*", "*/1"},
		{"a/$V$V", "", "a", "a/11"},
		{"a/.$V", "", "a", "a/.1"},
		{"a/$V.$V/b", "", "a/**/b", "a/1.1/b"},
		{"a$V./b", "", "a**/*/b", "a1./b"},
		{"a/..$V", "", "**", "a/..1"},
		{"a/../$V", "", "**", "1"},
		{"bin/$TARGETARCH", "", "bin", ""},
		{"bin/$TARGETARCH", "linux/amd64 linux/arm64", "bin/amd64 bin/arm64", "bin/amd64 bin/arm64"},
		{"bin/$TARGETARCH-$V", "linux/amd64", "bin/amd64-**/*", "bin/amd64-1"},
		{"$NO_ARG/x", "linux/amd64", "**/x", ""},
		{"$BEATEN/x", "linux/amd64", "**/x", ""},
		{`\$V`, "", "$V", "$V"},
	} {
		args := []dockerfile.Arg{{Name: "V", Default: text("1")}, {Name: "W"}, {Name: "BEATEN", Default: text("x")}}
		file := &dockerfile.File{Args: args, Stages: []dockerfile.Stage{{Name: "s", From: "scratch", Steps: steps(
			dockerfile.ArgUse{Name: "V"}, dockerfile.ArgUse{Name: "W"}, dockerfile.ArgUse{Name: "BEATEN"},
			dockerfile.Env{Pairs: []dockerfile.Pair{{Name: "BEATEN", Value: "y"}}},
			dockerfile.Copy{Sources: []string{tt.word}, Dest: "/"})}}}
		plan := dockerfile.Plan{Targets: []dockerfile.Target{{Stage: "s", Platforms: strings.Fields(tt.platforms)}}}
		s := Of(file, plan).Stages[0].Sources[0]
		if got := strings.Join(s.Patterns, " "); got != tt.patterns {
			t.Errorf("%q on %q: patterns %s, want %s", tt.word, tt.platforms, got, tt.patterns)
		}
		if got := strings.Join(s.Default, " "); got != tt.byDefault {
			t.Errorf("%q on %q: by default %s, want %s", tt.word, tt.platforms, got, tt.byDefault)
		}
	}
}

func TestKinds(t *testing.T) {
	in := steps(
		dockerfile.Copy{Files: []dockerfile.InlineFile{{Name: "a", Text: "b"}}, Dest: "/"},
		dockerfile.Copy{From: "x:1", Sources: []string{"a"}, Dest: "/"},
		dockerfile.Add{Sources: []string{"https://example.com/a.tgz", "git@example.com:a/b.git", "local.tgz", "$URL"}, Dest: "/"},
		dockerfile.Run{Shell: "x", Mounts: []dockerfile.Mount{
			{Type: "bind", Source: "a[1]*", Target: "/a"}, {Type: "cache", Target: "/c"}, {Type: "tmpfs", Target: "/t"},
		}},
		dockerfile.Copy{Parents: true, Sources: []string{"x/./**/a***b"}, Exclude: []string{"*.md"}, Dest: "/"},
		dockerfile.OnBuild{Instruction: dockerfile.Copy{Sources: []string{"child"}, Dest: "/"}},
	)
	in = append(steps(dockerfile.ArgUse{Name: "URL"}), in...)
	args := []dockerfile.Arg{{Name: "URL", Default: text("https://example.com/x")}}
	file := &dockerfile.File{Args: args, Stages: []dockerfile.Stage{{Name: "s", From: "scratch", Steps: in}, {Name: "child", From: "s"}}}
	child := Of(file, dockerfile.Plan{}).Stages[1].Sources
	if len(child) != 1 || child[0].Field != "onbuild.copy.src[0]" || child[0].Patterns[0] != "child" || child[0].Default != nil {
		t.Errorf("what is FROM a stage with ONBUILD reads %+v", child)
	}
	var got []string
	for _, s := range Of(file, dockerfile.Plan{}).Stages[0].Sources {
		got = append(got, fmt.Sprint(s.Field, s.Path, s.Patterns, s.Default, s.Exclude, s.Base))
	}
	want := []string{
		"add.src[2]local.tgz[local.tgz] [local.tgz] []",
		"mounts[0].sourcea[1]*[a?1??] [a?1??] []",
		"copy.src[0]x/**/a***b[x/**/a**/*b] [x/**/a**/*b] [*.md]x",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
