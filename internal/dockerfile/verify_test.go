package dockerfile

import (
	"strings"
	"testing"
)

// TestVerifyCatches damages a file that is fine, one place at a time.
func TestVerifyCatches(t *testing.T) {
	f := sampleFile()
	emitted, _ := Emit(f)
	if err := Verify(f, emitted); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, old, new string }{
		{"keyword", "USER 1000:1000", "WORKDIR 1000:1000"},
		{"instruction lost", "STOPSIGNAL SIGINT\n", ""},
		{"instruction added", "STOPSIGNAL SIGINT\n", "STOPSIGNAL SIGINT\nUSER root\n"},
		{"order", "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n", ""},
		{"value", "UV_LINK_MODE=copy", "UV_LINK_MODE=link"},
		{"pair lost", "EMPTY=\"\" \\\n    ", ""},
		{"dollar unescaped", `"\$5 `, `"$X5 `},
		{"expansion escaped", ":$PATH", `:"\$PATH"`},
		{"label", "revision=$COMMIT_SHA", "revision=$COMMIT"},
		{"path unquoted", `"/src dir"`, `'/src  dir'`},
		{"shell text", "        g++", "       g++"},
		{"exec to shell form", `["echo", "a && b\n", "<c>"]`, `['echo', "a && b\n", "<c>"]`},
		{"argument", `"<c>"`, `"<d>"`},
		{"mount target", "target=/root/.cache/uv", "target=/root/.cache"},
		{"mount type", "type=cache,id=uv", "type=ssh,id=uv"},
		{"mount mode", "mode=0700", "mode=0755"},
		{"mount uid", "uid=0", "uid=1"},
		{"mount writable", ",readwrite", ""},
		{"mount env", "env=NETRC", "env=NETRD"},
		{"mount optional", ",required \\\n    --mount", " \\\n    --mount"},
		{"mount source", `source=/a,b`, `source=/a`},
		{"mount default", "/mnt/$COMMIT_SHA", "/mnt/${COMMIT_SHA:-x}"},
		{"mount size", "size=64m", "size=64k"},
		{"mount lost", "    --mount=type=secret,id=netrc,env=NETRC,required \\\n", ""},
		{"network", "--network=none", "--network=host"},
		{"security", "    --security=insecure \\\n", ""},
		{"device", "all,required", "all"},
		{"script", "print(1)", "print(2)"},
		{"script without set -e", "set -e\n# comment", "# comment"},
		{"script ends early", "<<\"EOF_END\"", "<<\"EOF\""},
		{"script expanded", "RUN <<\"EOF\"\n#!", "RUN <<EOF\n#!"},
		{"source", "*.whl", "*.egg"},
		{"source split", `["with blank", `, `["with", "blank", `},
		{"destination", "/tmp/wheels/", "/tmp/"},
		{"from", "--from=wheels", "--from=wheel"},
		{"chown", "--chown=1000:1000", "--chown=1000:1001"},
		{"chmod", "u=rwX", "u=rwx"},
		{"link", "    --link \\\n", ""},
		{"parents", "    --parents \\\n", ""},
		{"exclude", `--exclude="a b"`, `--exclude="a"`},
		{"inline file", "x = $y", "x = y"},
		{"inline file's name", "<<\"b.conf\" /etc/app/\nx = $y\na.conf\nz\nb.conf", "<<\"c.conf\" /etc/app/\nx = $y\na.conf\nz\nc.conf"},
		{"inline file not expanded", "<<motd_END", `<<"motd_END"`},
		{"checksum", "sha256:2", "sha256:3"},
		{"unpack", "--unpack ", "--unpack=false "},
		{"keep-git-dir", "--keep-git-dir ", ""},
		{"port", "8080 ", "8081 "},
		{"volume", `["/da ta"]`, `/da ta`},
		{"signal", "SIGINT", "SIGTERM"},
		{"health interval", "--interval=30s", "--interval=31s"},
		{"health retries", "--retries=3", "--retries=4"},
		{"health command", `HEALTHCHECK --interval=30s --start-period=1m30s --retries=3 CMD ["curl",`, `HEALTHCHECK --interval=30s --start-period=1m30s --retries=3 CMD ["wget",`},
		{"trigger", "ONBUILD COPY . /app", "ONBUILD COPY . /ap"},
		{"trigger's script", "echo hi", "echo ho"},
		{"entrypoint", `"--"]`, `"-"]`},
		{"cmd", "CMD exec serve", "CMD  exec  serve"},
		{"base", "FROM scratch", "FROM scratch2"},
		{"stage name", "AS runtime", "AS run"},
		{"platform", "--platform=$BUILDPLATFORM ", ""},
		{"stage description", "# wheels builds", "# wheel builds"},
		{"stage check", "# check=skip=InvalidBaseImagePlatform", "#"},
		{"step check", "# check=skip=UndefinedVar\nRUN", "# check=skip=all\nRUN"},
		{"global argument", "ARG BASE=docker.io/library", "ARG BASE=docker.io"},
		{"global argument's default", "ARG TOKEN_URL", "ARG TOKEN_URL="},
		{"global argument lost", "ARG TOKEN_URL\n", ""},
		{"argument's description", "# COMMIT_SHA commit", "#\n# commit"},
		{"argument in a stage", "ARG COMMIT_SHA\nRUN", "ARG COMMIT_SHA=1\nRUN"},
		{"syntax directive", "# syntax=docker/dockerfile:1.21-labs", "# syntax=docker/dockerfile:1"},
		{"escape directive", "# check=skip=JSON", "# escape=`\n# check=skip=JSON"},
		{"check directive", "error=true", "error=false"},
		{"check directive lost", "# check=skip=JSONArgsRecommended,UndefinedVar;error=true\n", ""},
		{"default target", "\nFROM wheels\n", "\nFROM runtime\n"},
		{"default target lost", "\nFROM wheels\n", "\n"},
		{"empty continuation line", "apt-get update \\\n", "apt-get update \\\n\n"},
		{"carriage return", "STOPSIGNAL SIGINT\n", "STOPSIGNAL SIGINT\r\n"},
		{"line break in a value", "un known", "un\nknown"},
	} {
		damaged := strings.Replace(string(emitted), tt.old, tt.new, 1)
		if damaged == string(emitted) {
			t.Errorf("%s: the file does not hold %q", tt.name, tt.old)
			continue
		}
		if err := Verify(f, []byte(damaged)); err == nil {
			t.Errorf("%s: not caught", tt.name)
		}
	}
}

// TestVerifyIgnoresLayout: what means the same passes.
func TestVerifyIgnoresLayout(t *testing.T) {
	f := sampleFile()
	text, _ := Emit(f)
	for _, tt := range []struct{ old, new string }{
		{"/opt/venv/bin:$PATH", `"/opt/venv/bin:${PATH}"`},
		{"# Compile.", "# Compile it."},
		{"    --network=none \\\n    --security=insecure \\\n", "    --security=insecure --network=none \\\n"},
		{"\nRUN true\n", "RUN   true  \n"},
	} {
		changed := strings.Replace(string(text), tt.old, tt.new, 1)
		if changed == string(text) {
			t.Fatalf("the file does not hold %q", tt.old)
		}
		if err := Verify(f, []byte(changed)); err != nil {
			t.Errorf("%q: %v", tt.new, err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	f := sampleFile()
	for b.Loop() {
		Validate(f)
	}
}

func BenchmarkEmitVerify(b *testing.B) {
	f := sampleFile()
	for b.Loop() {
		text, _ := Emit(f)
		if err := Verify(f, text); err != nil {
			b.Fatal(err)
		}
	}
}
