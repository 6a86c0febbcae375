package dockerfile

import "strings"

// A form is something that a Dockerfile can say, and how Emit writes it.
type form struct {
	name string
	file File
	// want are lines of the text.
	want string
}

// step is a form of an instruction.
func step(name string, i Instruction, want string) form { return form{name, of(i), want} }

// env is a form of a value that Docker expands.
func env(name, value, want string) form {
	return step(name, Env{Pairs: []Pair{{"A", value}}}, "ENV A="+want)
}

// based is a form of FROM.
func based(name, from, platform, want string) form {
	return form{name, File{Stages: []Stage{{Name: "x", From: from, Platform: platform}}}, want}
}

// forms are all forms of the language but those of absences, by instruction;
// the flags have their own table in flagForms.
func forms() []form {
	long := strings.Repeat("x", 60000)
	return []form{
		{"frontend", File{Syntax: "docker/dockerfile:1-labs", Stages: of().Stages}, "# syntax=docker/dockerfile:1-labs"},
		{"frontend by features", of(Copy{Sources: []string{"a"}, Dest: "/", Parents: true}), "# syntax=docker/dockerfile:1.20"},
		{"checks", File{Check: &Check{Skip: []string{"UndefinedVar", "StageNameCasing"}, Experimental: []string{"all"}, Error: ptr(true)}, Stages: of().Stages},
			"# check=skip=UndefinedVar,StageNameCasing;experimental=all;error=true"},
		{"all checks", File{Check: &Check{Skip: []string{"all"}, Error: ptr(false)}, Stages: of().Stages}, "# check=skip=all;error=false"},
		{"checks of a stage", File{Stages: []Stage{{Name: "x", From: "a", Check: []string{"all"}}}}, "# check=skip=all\nFROM a AS x"},
		{"checks of an instruction", File{Stages: []Stage{{Name: "x", From: "a", Steps: []Step{{Check: []string{"UndefinedVar"}, Instruction: User{Name: "u"}}}}}},
			"# check=skip=UndefinedVar\nUSER u"},
		{"description of a stage", File{Stages: []Stage{{Name: "x", From: "a", Description: "is it"}}}, "# x is it\nFROM a AS x"},
		{"description of an argument", File{Args: []Arg{{Name: "A", Description: "is it"}}, Stages: of().Stages}, "# A is it\nARG A"},
		{"comment", File{Stages: []Stage{{Name: "x", From: "a", Steps: []Step{{Description: "Does.", Instruction: User{Name: "u"}}}}}}, "# Does.\nUSER u"},
		{"default target", File{Default: "x", Stages: []Stage{{Name: "x", From: "a"}, {Name: "y", From: "a"}}}, "FROM x"},

		based("image", "debian:12", "", "FROM debian:12 AS x"),
		based("image by digest", "debian@sha256:0f", "", "FROM debian@sha256:0f AS x"),
		based("image by tag and digest", "r.io:5000/a/b:1@sha256:0f", "", "FROM r.io:5000/a/b:1@sha256:0f AS x"),
		based("scratch", "scratch", "", "FROM scratch AS x"),
		based("stage, or named context", "builder", "", "FROM builder AS x"),
		based("image by argument", "${BASE:-debian}:$TAG", "", "FROM ${BASE:-debian}:$TAG AS x"),
		based("stage by platform", "wheels_${TARGETARCH}", "", "FROM wheels_${TARGETARCH} AS x"),
		based("platform", "a", "$BUILDPLATFORM", "FROM --platform=$BUILDPLATFORM a AS x"),
		{"constant platform", File{Stages: []Stage{{Name: "x_arm64", From: "a", Platform: "linux/arm64"}}}, "FROM --platform=linux/arm64 a AS x_arm64"},

		{"argument", File{Args: []Arg{{Name: "A"}}, Stages: of().Stages}, "ARG A"},
		{"argument with a default", File{Args: []Arg{{Name: "A", Default: ptr("1")}}, Stages: of().Stages}, "ARG A=1"},
		{"argument with an empty default", File{Args: []Arg{{Name: "A", Default: ptr("")}}, Stages: of().Stages}, `ARG A=""`},
		{"argument from another", File{Args: []Arg{{Name: "A", Default: ptr("1")}, {Name: "B", Default: ptr("$A b")}}, Stages: of().Stages}, `ARG B="$A b"`},
		step("argument of a stage", ArgUse{Name: "A"}, "ARG A"),
		step("predefined argument", ArgUse{Name: "TARGETSTAGE"}, "ARG TARGETSTAGE"),

		env("plain value", "v1.0", "v1.0"),
		env("empty value", "", `""`),
		env("value with blanks", "a b", `"a b"`),
		env("value with quotes", `a"b'c`, `"a\"b'c"`),
		env("dollar sign", `\$5`, `"\$5"`),
		env("backslash", `a\b`, `"a\\b"`),
		env("variable", "$V/x", "$V/x"),
		env("variable in braces", "${V}x", "${V}x"),
		env("if unset or empty", "${V:-w}", "${V:-w}"),
		env("if unset", "${V-w}", "${V-w}"),
		env("if set and not empty", "${V:+w}", "${V:+w}"),
		env("if set", "${V+w}", "${V+w}"),
		env("fail if unset or empty", "${V:?w}", "${V:?w}"),
		env("fail if unset", "${V?w}", "${V?w}"),
		env("without shortest prefix", "${V#p*}", "${V#p*}"),
		env("without longest prefix", "${V##p*}", "${V##p*}"),
		env("without shortest suffix", "${V%.?}", "${V%.?}"),
		env("without longest suffix", "${V%%.*}", "${V%%.*}"),
		env("first replaced", `${V/\//_}`, `${V/\//_}`),
		env("all replaced", "${V//a/b}", "${V//a/b}"),
		env("nested", "${V:-${W:-$X}}", "${V:-${W:-$X}}"),
		step("several variables", Env{Pairs: []Pair{{"A", "1"}, {"B", "2"}}}, "ENV A=1 \\\n    B=2"),
		step("label", Label{Pairs: []Pair{{"org.x/y-z", "a b"}}}, `LABEL org.x/y-z="a b"`),
		step("several labels", Label{Pairs: []Pair{{"a", "1"}, {"b", "$B"}}}, "LABEL a=1 \\\n    b=$B"),

		step("shell text", Run{Shell: "a && b | c > /d"}, "RUN a && b | c > /d"),
		step("continued shell text", Run{Shell: "a \\\n  && b"}, "RUN a \\\n  && b"),
		step("joined longer than a line", Run{Shell: long + " \\\n" + long}, long),
		step("shell text like a flag", Run{Shell: "--version"}, "RUN -- --version"),
		step("here string", Run{Shell: "cat <<< x"}, "RUN cat <<< x"),
		step("arguments", Run{Exec: []string{"a", "b c", "\n"}}, `RUN ["a", "b c", "\n"]`),
		step("script", Run{Script: "a\nb"}, "RUN <<\"EOF\"\nset -e\na\nb\nEOF"),
		step("script with options", Run{Script: "set -eux\na"}, "RUN <<\"EOF\"\nset -eux\na\nEOF"),
		step("script with an interpreter", Run{Script: "#!/usr/bin/python3\na"}, "RUN <<\"EOF\"\n#!/usr/bin/python3\na\nEOF"),
		step("script with a heredoc", Run{Script: "cat <<EOF\nEOF"}, "RUN <<\"EOF_END\"\nset -e\ncat <<EOF\nEOF\nEOF_END"),

		step("command", Cmd{Command{Exec: []string{"a", "$B"}}}, `CMD ["a", "$B"]`),
		step("command for a shell", Cmd{Command{Shell: "a $B"}}, "CMD a $B"),
		step("no command", Cmd{Command{Exec: []string{}}}, "CMD []"),
		step("program", Entrypoint{Command{Exec: []string{"a"}}}, `ENTRYPOINT ["a"]`),
		step("program for a shell", Entrypoint{Command{Shell: "exec a"}}, "ENTRYPOINT exec a"),
		step("no program", Entrypoint{Command{Exec: []string{}}}, "ENTRYPOINT []"),
		step("shell", Shell{Argv: []string{"/bin/bash", "-o", "pipefail", "-c"}}, `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`),

		step("copy", Copy{Sources: []string{"a"}, Dest: "/b"}, "COPY a /b"),
		step("copy several", Copy{Sources: []string{"a", "b*", "?.[ch]"}, Dest: "/c/"}, "COPY a b* ?.[ch] /c/"),
		step("copy with blanks", Copy{Sources: []string{"a b"}, Dest: "/c d/"}, `COPY ["a b", "/c d/"]`),
		step("copy by variables", Copy{Sources: []string{"$A"}, Dest: "${B}/"}, "COPY $A ${B}/"),
		step("inline file", Copy{Files: []InlineFile{{"f", "$a\n"}}, Dest: "/f"}, "COPY <<\"f\" /f\n$a\nf"),
		step("inline files", Copy{Files: []InlineFile{{"f", "a\n"}, {"g", "b"}}, Dest: "/d/"}, "COPY <<\"f\" <<\"g\" /d/\na\nf\nb\ng"),
		step("inline file with variables", Copy{Files: []InlineFile{{"f", "$a\n"}}, ExpandFiles: true, Dest: "/f"}, "COPY <<f /f\n$a\nf"),
		step("empty inline file", Copy{Files: []InlineFile{{"f", ""}}, Dest: "/f"}, "COPY <<\"f\" /f\nf"),
		step("add", Add{Sources: []string{"a.tar"}, Dest: "/"}, "ADD a.tar /"),
		step("add an address", Add{Sources: []string{"https://x.io/a?b=c&d"}, Dest: "/a"}, `ADD ["https://x.io/a?b=c&d", "/a"]`),
		step("add a repository", Add{Sources: []string{"https://x.io/a.git#v1:docs"}, Dest: "/a"}, "ADD https://x.io/a.git#v1:docs /a"),
		step("add a repository by ssh", Add{Sources: []string{"git@x.io:a/b.git"}, Dest: "/a"}, "ADD git@x.io:a/b.git /a"),
		step("add a repository by query", Add{Sources: []string{"https://x.io/a.git?tag=v1&submodules=false"}, Dest: "/a"},
			"# syntax=docker/dockerfile:1.18"),
		step("add inline files", Add{Files: []InlineFile{{"f", "a\n"}}, Dest: "/"}, "ADD <<\"f\" /\na\nf"),

		step("directory", Workdir{Path: "/a"}, "WORKDIR /a"),
		step("directory with blanks", Workdir{Path: "/a b"}, `WORKDIR "/a b"`),
		step("directory of Windows", Workdir{Path: `C:\a`}, `WORKDIR "C:\\a"`),
		step("directory by variable", Workdir{Path: "$HOME/a"}, "WORKDIR $HOME/a"),
		step("user", User{Name: "u"}, "USER u"),
		step("user and group", User{Name: "1000:1000"}, "USER 1000:1000"),
		step("user by variable", User{Name: "${U}:$G"}, "USER ${U}:$G"),
		step("ports", Expose{Ports: []string{"80", "53/udp", "80/tcp", "1/sctp", "8000-8010", "$P"}}, "EXPOSE 80 53/udp 80/tcp 1/sctp 8000-8010 $P"),
		step("volumes", Volume{Paths: []string{"/a", "$B"}}, "VOLUME /a $B"),
		step("volumes with blanks", Volume{Paths: []string{"/a b", "/c"}}, `VOLUME ["/a b", "/c"]`),
		step("signal", StopSignal{Signal: "SIGTERM"}, "STOPSIGNAL SIGTERM"),
		step("signal by number", StopSignal{Signal: "9"}, "STOPSIGNAL 9"),
		step("real-time signal", StopSignal{Signal: "SIGRTMIN+3"}, "STOPSIGNAL SIGRTMIN+3"),
		step("signal by variable", StopSignal{Signal: "$S"}, "STOPSIGNAL $S"),
		step("health", Healthcheck{Command: &Command{Exec: []string{"a"}}}, `HEALTHCHECK CMD ["a"]`),
		step("health for a shell", Healthcheck{Command: &Command{Shell: "a || exit 1"}}, "HEALTHCHECK CMD a || exit 1"),
		step("no health", Healthcheck{}, "HEALTHCHECK NONE"),

		step("trigger", OnBuild{Instruction: Run{Shell: "a"}}, "ONBUILD RUN a"),
		step("trigger with a script", OnBuild{Instruction: Run{Script: "a"}}, "ONBUILD RUN <<\"EOF\"\nset -e\na\nEOF"),
		step("trigger with a file", OnBuild{Instruction: Copy{Files: []InlineFile{{"f", "a\n"}}, Dest: "/"}}, "ONBUILD COPY <<\"f\" /\na\nf"),
	}
}
