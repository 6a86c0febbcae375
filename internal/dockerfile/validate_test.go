package dockerfile

import (
	"strings"
	"testing"
)

func TestValidateSteps(t *testing.T) {
	long := strings.Repeat("x", 70000)
	for _, tt := range []struct {
		name           string
		in             Instruction
		field, message string
	}{
		{"line break in ENV", Env{Pairs: []Pair{{"FOO", "a\nb"}}}, "env.FOO", "line break"},
		{"line break in LABEL", Label{Pairs: []Pair{{"a.b", "a\nb"}}}, `label."a.b"`, "line break"},
		{"line break in WORKDIR", Workdir{Path: "/a\nUSER root"}, "workdir", "line break"},
		{"line break in USER", User{Name: "a\nb"}, "user", "line break"},
		{"NUL", Env{Pairs: []Pair{{"FOO", "a\x00"}}}, "env.FOO", "control character U+0000"},
		{"CR", Run{Script: "a\r\nb"}, "script", "control character U+000D"},
		{"byte order mark", Run{Shell: "\uFEFFa"}, "run", "control character"},
		{"not UTF-8", Run{Exec: []string{"a", "\xff"}}, "exec[1]", "UTF-8"},
		{"ENV name", Env{Pairs: []Pair{{"a-b", "x"}}}, `env."a-b"`, "cannot be a name"},
		{"LABEL twice", Label{Pairs: []Pair{{"a", "x"}, {"a", "y"}}}, "label.a", "taken"},
		{"empty ENV", Env{}, "env", "nothing to set"},
		{"bad expansion", Env{Pairs: []Pair{{"A", "${B:0:1}"}}}, "env.A", "no operator"},
		{"bad expansion in a mount", Run{Shell: "x", Mounts: []Mount{{Type: "cache", Target: "/${"}}}, "mounts[0].target", "no variable name"},
		{"line without backslash", Run{Shell: "a\nb"}, "run", "does not end in a single backslash"},
		{"line with two backslashes", Run{Shell: "a \\\\\nb"}, "run", "does not end in a single backslash"},
		{"final backslash", Run{Shell: "a \\"}, "run", "swallow"},
		{"final backslash and blank", Run{Shell: "a \\\n  b \\ "}, "run", "swallow"},
		{"comment inside", Run{Shell: "a \\\n  # b \\\n  c"}, "run", "line 2 is a comment"},
		{"comment first", Run{Shell: "# b"}, "run", "line 1 is a comment"},
		{"empty line", Run{Shell: "a \\\n\n  c"}, "run", "line 2 is empty"},
		{"final line break", Run{Shell: "a \\\n"}, "run", "line 2 is empty"},
		{"heredoc by chance", Run{Shell: "echo 1 << 2"}, "run", "heredoc"},
		{"heredoc by chance in a sum", Run{Shell: "echo $((1 << X))"}, "run", "heredoc"},
		{"dashes on the second line", Run{Shell: "\\\n--x"}, "", ""},
		{"sum without blanks", Run{Shell: "echo $((1<<2))"}, "", ""},
		{"heredoc on purpose", Run{Shell: "cat <<EOF"}, "run", "heredoc"},
		{"here string", Run{Shell: `cat <<< "x"`}, "run", ""},
		{"quoted <<", Run{Shell: `echo "1 << 2"`}, "run", ""},
		{"heredoc behind unreadable flags", Run{Script: "x", Devices: []string{"${x"}}, "script", "does not find the heredoc"},
		{"blanks at the end", Run{Shell: "a "}, "run", "blanks"},
		{"blanks at the start", Run{Shell: " a"}, "run", "blanks"},
		{"JSON by chance", Run{Shell: `["a"]`}, "run", "JSON"},
		{"JSON by chance, continued", Cmd{Command{Shell: "[ \\\n\"a\", 1]"}}, "cmd_shell", "JSON"},
		{"test is no JSON", Run{Shell: "[ -f x ]"}, "", ""},
		{"no command", Run{}, "run", "exactly one"},
		{"two commands", Run{Shell: "a", Script: "b"}, "script", "exactly one"},
		{"blank script", Run{Script: "\n \n"}, "script", "empty"},
		{"network", Run{Shell: "a", Network: "bridge"}, "network", "not one of default, none, host"},
		{"security", Run{Shell: "a", Security: "none"}, "security", "not one of"},
		{"device", Run{Shell: "a", Devices: []string{"a,b"}}, "devices[0]", "no device"},
		{"mount type", Run{Shell: "a", Mounts: []Mount{{Type: "bindd", Target: "/x"}}}, "mounts[0].type", "not one of bind, cache, tmpfs, secret, ssh"},
		{"mount sharing", Run{Shell: "a", Mounts: []Mount{{Type: "cache", Target: "/x", Sharing: "all"}}}, "mounts[0]", "sharing"},
		{"mount without target", Run{Shell: "a", Mounts: []Mount{{Type: "cache"}}}, "mounts[0].target", "target"},
		{"mount at the root", Run{Shell: "a", Mounts: []Mount{{Type: "bind", Target: "/"}}}, "mounts[0].target", "target"},
		{"mount both ways", Run{Shell: "a", Mounts: []Mount{{Type: "bind", Target: "/x", ReadOnly: true, ReadWrite: true}}}, "mounts[0].readwrite", "either"},
		{"bind with a mode", Run{Shell: "a", Mounts: []Mount{{Type: "bind", Target: "/x", Mode: "0700"}}}, "mounts[0]", "mode not allowed"},
		{"cache with env", Run{Shell: "a", Mounts: []Mount{{Type: "cache", Target: "/x", Env: "X"}}}, "mounts[0].env", "secret"},
		{"tmpfs size", Run{Shell: "a", Mounts: []Mount{{Type: "tmpfs", Target: "/x", Size: "1.5g"}}}, "mounts[0].size", "no size"},
		{"mount from a variable", Run{Shell: "a", Mounts: []Mount{{Type: "bind", Target: "/x", From: "a_$B"}}}, "mounts[0].from", "expands no variable"},
		{"not ASCII in a flag", Run{Shell: "a", Mounts: []Mount{{Type: "bind", Target: "/é"}}}, "mounts[0].target", "ASCII"},
		{"copy from a variable", Copy{From: "$A", Sources: []string{"a"}, Dest: "/"}, "copy.from", "expands no variable"},
		{"copy an address", Copy{Sources: []string{"https://x/y"}, Dest: "/"}, "copy.src[0]", "does not fetch"},
		{"copy nothing", Copy{Dest: "/"}, "copy", "exactly one of src and files"},
		{"copy to nowhere", Copy{Sources: []string{"a"}}, "copy.dest", "empty"},
		{"copy mode", Copy{Sources: []string{"a"}, Dest: "/", Chmod: "rwx"}, "copy.chmod", "no file mode"},
		{"exclude", Copy{Sources: []string{"a"}, Dest: "/", Exclude: []string{"x", "ü"}}, "copy.exclude[1]", "ASCII"},
		{"file ends itself", Copy{Files: []InlineFile{{"a.conf", "x\na.conf\n"}}, Dest: "/etc/"}, `copy.files."a.conf"`, "own name"},
		{"file ends itself at a variable", Copy{Files: []InlineFile{{"a", "a"}}, Dest: "/$X"}, "copy.files.a", "own name"},
		{"file ends itself in a dot", Copy{Files: []InlineFile{{"a", "a"}}, Dest: "."}, "copy.files.a", "own name"},
		{"file name", Copy{Files: []InlineFile{{"a b", ""}}, Dest: "/x"}, `copy.files."a b"`, "name of an inline file"},
		{"files and a blank", Copy{Files: []InlineFile{{"a", ""}}, Dest: "/x y"}, "copy.dest", "blank"},
		{"files from a stage", Copy{From: "x", Files: []InlineFile{{"a", ""}}, Dest: "/x"}, "copy.from", "no stage"},
		{"file that cannot expand", Copy{Files: []InlineFile{{"a", "${"}}, ExpandFiles: true, Dest: "/x"}, "copy.files.a", "cannot expand"},
		{"checksum of a file", Add{Sources: []string{"a"}, Dest: "/", Checksum: "sha256:00"}, "add.checksum", "an address"},
		{"no port", Expose{Ports: []string{"80", "http"}}, "expose[1]", "no port"},
		{"port out of range", Expose{Ports: []string{"65536"}}, "expose[0]", "no port"},
		{"ports backwards", Expose{Ports: []string{"20-10"}}, "expose[0]", "no port"},
		{"two words of a port", Expose{Ports: []string{"80 81"}}, "expose[0]", "no port"},
		{"volume", Volume{Paths: []string{" "}}, "volume[0]", "blank"},
		{"signal", StopSignal{Signal: "SIGTREM"}, "stopsignal", "no signal"},
		{"user", User{Name: "a b"}, "user", "blank"},
		{"shell", Shell{}, "shell", "program"},
		{"cmd", Cmd{}, "cmd_shell", "empty"},
		{"argument with NUL", Entrypoint{Command{Exec: []string{"a", "\x00"}}}, "entrypoint[1]", "NUL"},
		{"healthcheck without a command", Healthcheck{Command: &Command{Exec: []string{}}}, "healthcheck.cmd", "empty"},
		{"healthcheck duration", Healthcheck{Command: &Command{Shell: "a"}, StartPeriod: "30"}, "healthcheck.start_period", "no duration"},
		{"healthcheck duration too short", Healthcheck{Command: &Command{Shell: "a"}, Interval: "1us"}, "healthcheck.interval", "1ms"},
		{"healthcheck duration not ASCII", Healthcheck{Command: &Command{Shell: "a"}, Interval: "5000µs"}, "healthcheck.interval", "ASCII"},
		{"healthcheck retries", Healthcheck{Command: &Command{Shell: "a"}, Retries: ptr(-1)}, "healthcheck.retries", "range"},
		{"no healthcheck, but timed", Healthcheck{Interval: "1s"}, "healthcheck.none", "time"},
		{"ONBUILD ONBUILD", OnBuild{Instruction: OnBuild{Instruction: User{Name: "a"}}}, "onbuild.onbuild", "no ONBUILD"},
		{"ONBUILD of nothing", OnBuild{}, "onbuild", "needs an instruction"},
		{"below ONBUILD", OnBuild{Instruction: Env{Pairs: []Pair{{"A", "\n"}}}}, "onbuild.env.A", "line break"},
		{"nothing", nil, "", "no instruction"},
		{"long line", Env{Pairs: []Pair{{"A", long}}}, "env.A", "too long"},
		{"long line of a script", Run{Script: "a\n" + long}, "script", "too long"},
		{"long trigger", OnBuild{Instruction: Run{Shell: long[:40000] + " \\\n" + long[:40000]}}, "onbuild", "too long"},
		{"long script of a trigger", OnBuild{Instruction: Run{Script: strings.Repeat(long[:1000]+"\n", 80)}}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := of(tt.in)
			f.Stages[0].Steps[0].Origin = Origin{Stage: "x", Path: "steps[0]"}
			problems := Validate(&f)
			if tt.message == "" {
				if len(problems) > 0 {
					t.Fatalf("unexpected: %+v", problems)
				}
				text, _ := Emit(&f)
				if err := Verify(&f, text); err != nil {
					t.Error(err)
				}
				return
			}
			if len(problems) != 1 {
				t.Fatalf("want one problem, got %+v", problems)
			}
			p := problems[0]
			if p.Field != tt.field || !strings.Contains(p.Message, tt.message) || p.Origin != f.Stages[0].Steps[0].Origin {
				t.Errorf("got %+v; want field %q, message with %q", p, tt.field, tt.message)
			}
		})
	}
}

func TestValidateFile(t *testing.T) {
	stage := func(change func(*Stage)) File {
		f := of(User{Name: "a"})
		change(&f.Stages[0])
		return f
	}
	file := func(change func(*File)) File {
		f := of(User{Name: "a"})
		change(&f)
		return f
	}
	for _, tt := range []struct {
		name           string
		in             File
		field, message string
	}{
		{"no stage", File{}, "targets", "needs a stage"},
		{"default", file(func(f *File) { f.Default = "y" }), "default", "not in the file"},
		{"header", file(func(f *File) { f.Header = []string{"a\nb"} }), "header", "line break"},
		{"header like a directive", file(func(f *File) { f.Header = []string{"Syntax = x"} }), "header", "directive"},
		{"syntax", file(func(f *File) { f.Syntax = "a b" }), "syntax", "blank"},
		{"check", file(func(f *File) { f.Check = &Check{} }), "check", "nothing"},
		{"check name", file(func(f *File) { f.Check = &Check{Skip: []string{"A;error=true"}} }), "check.skip[0]", "no name"},
		{"arg", file(func(f *File) { f.Args = []Arg{{Name: "A B"}} }), `args."A B"`, "name of a build argument"},
		{"arg twice", file(func(f *File) { f.Args = []Arg{{Name: "A"}, {Name: "A"}} }), "args.A", "taken"},
		{"arg default", file(func(f *File) { f.Args = []Arg{{Name: "A", Default: ptr("a\nb")}} }), "args.A.default", "line break"},
		{"arg description", file(func(f *File) { f.Args = []Arg{{Name: "check", Description: "=skip=all"}} }), "args.check.description", "directive"},
		{"stage name", stage(func(s *Stage) { s.Name = "X" }), "name", "name of a stage"},
		{"reserved name", stage(func(s *Stage) { s.Name = "scratch" }), "name", "name of a stage"},
		{"no base", stage(func(s *Stage) { s.From = "" }), "from", "needs a base"},
		{"blank in base", stage(func(s *Stage) { s.From = "a b" }), "from", "no image reference"},
		{"flag as base", stage(func(s *Stage) { s.From = "--platform=x" }), "from", "no image reference"},
		{"blank in expansion", stage(func(s *Stage) { s.From = "${A:-b c}" }), "from", "blanks"},
		{"constant platform", stage(func(s *Stage) { s.Platform = "linux/arm64" }), "platform", "constant"},
		{"other word for a platform", stage(func(s *Stage) { s.Platform = "linux/aarch64"; s.Name = "aarch64" }), "platform", `called "arm64"`},
		{"no platform", stage(func(s *Stage) { s.Platform = "arm64" }), "platform", "no platform"},
		{"stage check", stage(func(s *Stage) { s.Check = []string{"A B"} }), "check.skip[0]", "no name"},
		{"stage description", stage(func(s *Stage) { s.Description = " " }), "description", "blank"},
		{"step description", stage(func(s *Stage) { s.Steps[0].Description = "skips\ncheck=skip=all" }), "description", "directive"},
		{"two CMD", of(Cmd{Command{Shell: "a"}}, Cmd{Command{Exec: []string{"a"}}}), "cmd", "second CMD"},
		{"two ENTRYPOINT", of(Entrypoint{Command{Shell: "a"}}, Entrypoint{Command{Shell: "a"}}), "entrypoint_shell", "second ENTRYPOINT"},
		{"two HEALTHCHECK", of(Healthcheck{}, Healthcheck{}), "healthcheck", "second HEALTHCHECK"},
		{"duplicate stage", file(func(f *File) { f.Stages = append(f.Stages, f.Stages[0]) }), "name", "two stages"},
		{"fine: named platform", stage(func(s *Stage) { s.Platform = "linux/arm64"; s.Name = "x_arm64" }), "", ""},
		{"fine: skipped check", stage(func(s *Stage) {
			s.Platform = "linux/arm64"
			s.Check = []string{"FromPlatformFlagConstDisallowed"}
		}), "", ""},
		{"fine: CMD in ONBUILD", of(Cmd{Command{Shell: "a"}}, OnBuild{Instruction: Cmd{Command{Shell: "b"}}}), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			problems := Validate(&tt.in)
			if tt.message == "" {
				if len(problems) > 0 {
					t.Errorf("unexpected: %+v", problems)
				}
				return
			}
			if len(problems) != 1 || problems[0].Field != tt.field || !strings.Contains(problems[0].Message, tt.message) {
				t.Errorf("got %+v; want field %q, message with %q", problems, tt.field, tt.message)
			}
		})
	}
}

// TestLongestLine holds the limit against BuildKit's: one byte less passes.
func TestLongestLine(t *testing.T) {
	for _, tt := range []struct {
		length int
		fine   bool
	}{{maxLine, true}, {maxLine + 1, false}} {
		f := of(Run{Shell: strings.Repeat("x", tt.length-len("RUN "))})
		if got := len(Validate(&f)) == 0; got != tt.fine {
			t.Errorf("a line of %d bytes: valid is %v", tt.length, got)
		}
		text, _ := Emit(&f)
		if err := Verify(&f, text); (err == nil) != tt.fine {
			t.Errorf("a line of %d bytes: BuildKit says %v", tt.length, err)
		}
	}
}
