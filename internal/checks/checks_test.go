package checks

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/summary"
)

// locate names the stage, the step and the field in place of a file.
func locate(o dockerfile.Origin, field string) source.Span {
	return source.Span{File: strings.Trim(strings.Join([]string{o.Stage, o.Path, field}, "/"), "/")}
}

// install marks an instruction as one that the verb `install` makes.
type install struct{ dockerfile.Run }

func stage(name, from string, instructions ...dockerfile.Instruction) dockerfile.Stage {
	s := dockerfile.Stage{Name: name, From: from, Origin: dockerfile.Origin{Stage: name}}
	for i, in := range instructions {
		path := fmt.Sprintf("steps[%d]", i)
		if library, ok := in.(install); ok {
			in, path = library.Run, path+".install.expand[0]"
		}
		s.Steps = append(s.Steps, dockerfile.Step{Instruction: in, Origin: dockerfile.Origin{Stage: name, Path: path}})
	}
	return s
}

// find are the findings of a kind about a file whose targets are all stages.
func find(code diag.Code, f *dockerfile.File) string {
	plan := dockerfile.Plan{Args: f.Args}
	for _, s := range f.Stages {
		plan.Targets = append(plan.Targets, dockerfile.Target{Stage: s.Name})
	}
	list := append(Run(Input{File: f, Summary: summary.New(f, plan), Locate: locate}), Args(plan, locate)...)
	list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Code != code })
	var lines []string
	for _, d := range list.Sorted() {
		lines = append(lines, fmt.Sprintf("%s %s: %s", d.Severity, d.Span.File, d.Message))
	}
	return strings.Join(lines, "\n")
}

func run(text string) dockerfile.Run { return dockerfile.Run{Shell: text} }

func packages(text string) install { return install{run("apt-get install -y " + text)} }

func copies(dest string, sources ...string) dockerfile.Copy {
	return dockerfile.Copy{Sources: sources, Dest: dest}
}

func env(name, value string) dockerfile.Env {
	return dockerfile.Env{Pairs: []dockerfile.Pair{{Name: name, Value: value}}}
}

// A copy is early only where it is certain that packages do not need it.
func TestEarlyCopy(t *testing.T) {
	here := copies("/app/", ".")
	curl := packages("curl")
	for _, tt := range []struct {
		name  string
		steps []dockerfile.Instruction
		early bool
	}{
		{"right before", []dockerfile.Instruction{here, curl}, true},
		{"nothing after", []dockerfile.Instruction{here}, false},
		{"behind", []dockerfile.Instruction{curl, here}, false},
		{"no verb of the library", []dockerfile.Instruction{here, curl.Run}, false},
		{"with others between", []dockerfile.Instruction{here, env("LANG", "C"), dockerfile.User{Name: "root"}, copies("/lib2/", "x"), curl}, true},
		{"a command between", []dockerfile.Instruction{here, run("x"), curl}, false},
		{"a volume between", []dockerfile.Instruction{here, dockerfile.Volume{Paths: []string{"/x"}}, curl}, false},
		{"another copy into it, which is early itself", []dockerfile.Instruction{here, copies("/app/x", "x"), curl}, true},
		{"from a stage", []dockerfile.Instruction{dockerfile.Copy{From: "b", Sources: []string{"/x"}, Dest: "/app/"}, curl}, false},
		{"text of the Dockerfile", []dockerfile.Instruction{dockerfile.Copy{Files: []dockerfile.InlineFile{{Name: "x"}}, Dest: "/app/"}, curl}, false},
		{"an archive", []dockerfile.Instruction{dockerfile.Add{Sources: []string{"x.tar"}, Dest: "/app/"}, curl}, true},
		{"an address", []dockerfile.Instruction{dockerfile.Add{Sources: []string{"https://example.com/x"}, Dest: "/app/"}, curl}, false},
		{"a system place", []dockerfile.Instruction{copies("/usr/local/bin/", "x"), curl}, false},
		{"the root", []dockerfile.Instruction{copies("/", "x"), curl}, false},
		{"a variable", []dockerfile.Instruction{copies("$APP/", "x"), curl}, false},
		{"relative to what is not known", []dockerfile.Instruction{copies("x/", "x"), curl}, false},
		{"relative", []dockerfile.Instruction{dockerfile.Workdir{Path: "/srv2"}, copies("/app2/", "x"), curl}, true},
		{"the working directory", []dockerfile.Instruction{dockerfile.Workdir{Path: "/app"}, here, curl}, false},
		{"above the working directory", []dockerfile.Instruction{dockerfile.Workdir{Path: "/app/x"}, here, curl}, false},
		{"below the working directory", []dockerfile.Instruction{dockerfile.Workdir{Path: "/app"}, copies("/app/x/", "x"), curl}, false},
		{"the root as working directory", []dockerfile.Instruction{dockerfile.Workdir{Path: "/"}, here, curl}, true},
		{"named", []dockerfile.Instruction{here, packages("/app/x.deb")}, false},
		{"named without its root", []dockerfile.Instruction{here, packages("app")}, false},
		{"like a name", []dockerfile.Instruction{here, packages("app-tools")}, true},
		{"a source is named", []dockerfile.Instruction{copies("/app/", "dir/setup.sh"), packages("x && sh setup.sh")}, false},
		{"a mount on it", []dockerfile.Instruction{here, install{dockerfile.Run{Shell: "x", Mounts: []dockerfile.Mount{{Type: "cache", Target: "/app/c"}}}}}, false},
		{"a variable names it", []dockerfile.Instruction{env("PATH", "/app/bin:$PATH"), here, curl}, false},
		{"a variable between names it", []dockerfile.Instruction{here, env("PATH", "/app/bin:$PATH"), curl}, false},
		{"a shell names it", []dockerfile.Instruction{dockerfile.Shell{Argv: []string{"/app/sh"}}, here, curl}, false},
		{"a command before names it", []dockerfile.Instruction{run("echo 'deb file:/app x' > /etc/apt/sources.list"), here, curl}, false},
		{"a command before", []dockerfile.Instruction{run("true"), here, curl}, true},
		{"configuration before", []dockerfile.Instruction{copies("/etc/apt/", "x"), here, curl}, false},
		{"configuration between", []dockerfile.Instruction{here, copies("/etc/apt/", "x"), curl}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := find(diag.CodeEarlyCopy, &dockerfile.File{Stages: []dockerfile.Stage{stage("a", "x:1", tt.steps...)}})
			if got != "" != tt.early {
				t.Errorf("got %q", got)
			}
		})
	}
	f := &dockerfile.File{Stages: []dockerfile.Stage{stage("b", "x:1", env("X", "/app")), stage("a", "b", here, curl)}}
	if got := find(diag.CodeEarlyCopy, f); got != "" {
		t.Errorf("on a stage: %s", got)
	}
}

// Names are judged as BuildKit judges them.
func TestSecretNames(t *testing.T) {
	for name, secret := range map[string]bool{
		"API_KEY": true, "apikey": true, "AUTH": true, "credentials": true, "AWS_CREDENTIAL": true, "DB_PASSWD": true, "PWORD": true,
		"GITHUB_TOKEN": true, "secret_MESSAGE": true, "password": true,
		"APIKEYS": false, "KEYRING": false, "TOKENIZERS": false, "AUTHOR": false, "TOKEN_FILE": false, "PUBLIC_KEY": false,
		"KEY_VERSION": false, "MONKEY": false, "PATH": false,
	} {
		got := find(diag.CodeSecretInImage, &dockerfile.File{Stages: []dockerfile.Stage{stage("a", "x:1", env(name, "x"))}})
		if got != "" != secret {
			t.Errorf("%s: %q", name, got)
		}
		got = find(diag.CodeSecretInImage, &dockerfile.File{Args: []dockerfile.Arg{{Name: name}}, Stages: []dockerfile.Stage{stage("a", "x:1")}})
		if got != "" != secret {
			t.Errorf("ARG %s: %q", name, got)
		}
	}
}

// Values are secrets only if they have the exact form of one.
func TestSecretValues(t *testing.T) {
	ten := "abcdefghij"
	for value, secret := range map[string]bool{
		"-----BEGIN PRIVATE KEY-----\\n": true, "-----BEGIN OPENSSH PRIVATE KEY-----": true, "-----BEGIN PUBLIC KEY-----": false,
		"ghp_" + ten + ten + ten + "123456": true, "ghp_" + ten: false, "xghp_" + ten + ten + ten + "123456": false,
		"glpat-" + ten + ten: true, "hf_" + ten + ten + ten + "1234": true, "hf_home": false, "npm_config_cache": false,
		"npm_" + ten + ten + ten + "123456": true, "$TOKEN": false,
	} {
		got := find(diag.CodeSecretInImage, &dockerfile.File{Stages: []dockerfile.Stage{stage("a", "x:1", env("X", value))}})
		if got != "" != secret {
			t.Errorf("%s: %q", value, got)
		}
	}
}

// The severity of a predefined argument goes by what Docker does with it.
func TestArgs(t *testing.T) {
	for name, want := range map[string]string{
		"TARGETARCH": "error", "BUILDPLATFORM": "error", "TARGETSTAGE": "error", "HTTPS_PROXY": "warning", "no_proxy": "warning",
		"BUILDKIT_SYNTAX": "warning", "SOURCE_DATE_EPOCH": "", "BUILDKIT_SBOM_SCAN_CONTEXT": "", "BUILDKIT_VERSION": "", "PROXY": "",
	} {
		got := find(diag.CodePredefinedArg, &dockerfile.File{Args: []dockerfile.Arg{{Name: name}}, Stages: []dockerfile.Stage{stage("a", "x:1")}})
		if severity, _, _ := strings.Cut(got, " "); severity != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestDiffer(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"root", "0", false}, {"root", "app", true}, {"0", "1000", true}, {"1000", "1000", false}, {"1000", "1001", true},
		{"app", "other", true}, {"app", "app", false}, {"app", "1000", false}, {"$USER", "root", false}, {"00", "root", false},
	} {
		known := func(s string) summary.Text { return summary.Text{Value: s, Known: true} }
		if got := differ(known(tt.a), known(tt.b)); got != tt.want {
			t.Errorf("%s and %s: %v", tt.a, tt.b, got)
		}
		if differ(known(tt.a), summary.Text{}) || differ(summary.Text{}, known(tt.b)) {
			t.Error("a user that is not known may be anybody")
		}
	}
}

// What ONBUILD holds is looked at, too.
func TestDestination(t *testing.T) {
	f := &dockerfile.File{Stages: []dockerfile.Stage{stage("a", "x:1",
		copies("/x", "a", "b"), copies("/x/", "a", "b"), copies("/x", "a"),
		dockerfile.Copy{Files: []dockerfile.InlineFile{{Name: "a"}, {Name: "b"}}, Dest: "/y"},
		dockerfile.OnBuild{Instruction: dockerfile.Add{Sources: []string{"a", "b"}, Dest: "$Z"}},
	)}}
	want := `error a/steps[0]/copy.dest: with several sources, the destination /x must end in a slash
error a/steps[3]/copy.dest: with several sources, the destination /y must end in a slash
error a/steps[4]/onbuild.add.dest: with several sources, the destination $Z must end in a slash`
	if got := find(diag.CodeCopyDestination, f); got != want {
		t.Errorf("got\n%s", got)
	}
}

// A step of a stage that is another one on each platform is one step.
func TestCachePlatforms(t *testing.T) {
	m := dockerfile.Run{Shell: "x", Mounts: []dockerfile.Mount{{Type: "cache", Target: "/c"}}}
	f := &dockerfile.File{Stages: []dockerfile.Stage{
		stage("base_amd64", "x:1", dockerfile.User{Name: "a"}), stage("base_arm64", "x:1", dockerfile.User{Name: "b"}),
		stage("c", "base_${TARGETARCH}", m),
	}}
	plan := dockerfile.Plan{Targets: []dockerfile.Target{{Stage: "c", Platforms: []string{"linux/amd64", "linux/arm64"}}}}
	if list := Run(Input{File: f, Summary: summary.New(f, plan), Locate: locate}); len(list) > 0 {
		t.Errorf("%v", list)
	}
}
