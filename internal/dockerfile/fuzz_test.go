package dockerfile

import (
	"bytes"
	"strings"
	"testing"
)

// fuzzKinds are the instructions, with arbitrary strings in every field.
var fuzzKinds = []func(a, b, c string, n uint8) Instruction{
	func(a, b, c string, n uint8) Instruction { return Env{Pairs: []Pair{{"A", a}, {"B", b}, {c, ""}}} },
	func(a, b, c string, n uint8) Instruction { return Label{Pairs: []Pair{{a, b}, {"z", c}}} },
	func(a, b, c string, n uint8) Instruction { return Run{Shell: a} },
	func(a, b, c string, n uint8) Instruction {
		return Run{Shell: a, Mounts: []Mount{{Type: "bind", Source: b, Target: c}}}
	},
	func(a, b, c string, n uint8) Instruction { return Run{Script: a} },
	func(a, b, c string, n uint8) Instruction {
		return Run{Script: a, Devices: []string{b}, Mounts: []Mount{{Type: "cache", From: c, Target: "/x" + b, ID: c}}}
	},
	func(a, b, c string, n uint8) Instruction {
		return Run{Exec: []string{a, b, c}, Network: pick(n, "", b)}
	},
	func(a, b, c string, n uint8) Instruction {
		return Run{Shell: "x", Security: pick(n, "", c), Mounts: []Mount{{
			Type: pick(n, "tmpfs", "cache", "bind", "ssh", a), Target: "/x", Size: a, Mode: b, Sharing: c,
			ReadOnly: n&1 > 0, ReadWrite: n&2 > 0, Required: n&4 > 0,
		}}}
	},
	func(a, b, c string, n uint8) Instruction {
		return Run{Shell: "x", Mounts: []Mount{{Type: "secret", ID: a, Env: pick(n, "", b), Target: c, Required: n&4 > 0}}}
	},
	func(a, b, c string, n uint8) Instruction { return Copy{Sources: []string{a, b}, Dest: c} },
	func(a, b, c string, n uint8) Instruction { return Copy{Sources: []string{a}, Dest: b, From: c} },
	func(a, b, c string, n uint8) Instruction {
		return Copy{Sources: []string{"x"}, Dest: "/y", Chown: a, Chmod: pick(n, "", b), Exclude: []string{c}, Link: n&1 > 0, Parents: n&2 > 0}
	},
	func(a, b, c string, n uint8) Instruction {
		return Copy{Files: []InlineFile{{a, b}}, Dest: c, ExpandFiles: n&1 > 0}
	},
	func(a, b, c string, n uint8) Instruction {
		return Copy{Files: []InlineFile{{"f.txt", a}, {"g", b}}, Dest: "/x/", Exclude: []string{c}, ExpandFiles: n&1 > 0}
	},
	func(a, b, c string, n uint8) Instruction {
		return Add{Sources: []string{a}, Dest: b, Checksum: pick(n, "", c), KeepGitDir: n&1 > 0, Link: n&2 > 0}
	},
	func(a, b, c string, n uint8) Instruction {
		return Add{Files: []InlineFile{{"EOF", a}}, Dest: "/" + b, Chown: c, ExpandFiles: n&1 > 0}
	},
	func(a, b, c string, n uint8) Instruction { return Workdir{Path: a} },
	func(a, b, c string, n uint8) Instruction { return User{Name: a} },
	func(a, b, c string, n uint8) Instruction { return Expose{Ports: []string{a, b}} },
	func(a, b, c string, n uint8) Instruction { return Volume{Paths: []string{a, b}} },
	func(a, b, c string, n uint8) Instruction { return StopSignal{Signal: a} },
	func(a, b, c string, n uint8) Instruction { return Shell{Argv: []string{a, b}} },
	func(a, b, c string, n uint8) Instruction { return Cmd{Command{Shell: a}} },
	func(a, b, c string, n uint8) Instruction { return Entrypoint{Command{Exec: []string{a, b}}} },
	func(a, b, c string, n uint8) Instruction {
		return Healthcheck{Command: &Command{Shell: a}, Interval: b, StartInterval: c}
	},
	func(a, b, c string, n uint8) Instruction {
		return Healthcheck{Command: &Command{Exec: []string{a}}, Timeout: b, Retries: ptr(int(n))}
	},
	func(a, b, c string, n uint8) Instruction { return ArgUse{Name: a} },
}

func pick(n uint8, values ...string) string { return values[int(n)%len(values)] }

// FuzzEmit throws arbitrary strings at every field of every instruction, plain
// and in ONBUILD: Validate reports a problem, or Emit and Verify hold.
func FuzzEmit(f *testing.F) {
	for k := range fuzzKinds {
		f.Add(uint8(k), "a", "b/", "c", uint8(0))
		f.Add(uint8(k), "$A", "${B:-x y}", "/c d/", uint8(1))
		f.Add(uint8(k), `\$A"'\`, "x\n# y\n", "<<EOF", uint8(7))
		f.Add(uint8(k), "a \\\n  b", "é", "$Aé${", uint8(3))
		f.Add(uint8(k), "EOF\nEOF_END", "[]", "--x", uint8(2))
	}
	f.Fuzz(func(t *testing.T, kind uint8, a, b, c string, n uint8) {
		holds(t, fuzzFile(kind, a, b, c, n))
	})
}

// fuzzFile surrounds an instruction by others, so that a value that leaks out
// of it changes something else.
func fuzzFile(kind uint8, a, b, c string, n uint8) *File {
	i := fuzzKinds[int(kind)%len(fuzzKinds)](a, b, c, n)
	if n&16 > 0 {
		i = OnBuild{Instruction: i}
	}
	return &File{Stages: []Stage{
		{Name: "x", From: "debian:12", Steps: []Step{
			{Instruction: Run{Shell: "true"}},
			{Instruction: i},
			{Instruction: User{Name: "nobody"}},
		}},
		{Name: "y", From: "x"},
	}}
}

// tokens are what is special to one of the layers that a value passes.
var tokens = []string{
	"a", "B1", " ", "\t", `"`, "'", `\`, "$", "$A", `\$`, "${B}", "${A:-b}", "${A#x*}", "${A/b/c}", "${A:-$B c}", "${",
	"}", "<<", "<", "EOF", "f.txt", "\n", " \\\n", "#", "[", "]", ",", "=", "é", "\u00a0", "--", "-", "/", ":", "*", "0755",
	"{", "[\"a\"]", "|", "&", "`", "check=", "@", "\u2028", "世",
}

// FuzzTokens is FuzzEmit with values made of tokens, of which many more are
// valid than of random bytes.
func FuzzTokens(f *testing.F) {
	for k := range fuzzKinds {
		f.Add(uint8(k), []byte{0}, []byte{1, 32}, []byte{32}, uint8(0))
		f.Add(uint8(k), []byte{8, 2, 4}, []byte{10, 28, 7}, []byte{32, 10, 32}, uint8(1))
		f.Add(uint8(k), []byte{0, 22, 17, 4, 19, 4}, []byte{9, 14, 6}, []byte{32, 6, 13}, uint8(19))
		f.Add(uint8(k), []byte{11, 28, 15}, []byte{26, 4, 5}, []byte{35}, uint8(18))
	}
	f.Fuzz(func(t *testing.T, kind uint8, a, b, c []byte, n uint8) {
		holds(t, fuzzFile(kind, spell(a), spell(b), spell(c), n))
	})
}

func spell(data []byte) string {
	var b strings.Builder
	for _, d := range data {
		b.WriteString(tokens[int(d)%len(tokens)])
	}
	return b.String()
}

// FuzzFile throws arbitrary strings at everything that is no instruction.
func FuzzFile(f *testing.F) {
	f.Add("syntax=x", "A", "= b", "x", "desc\nription", "check=skip=all", "linux/amd64", uint8(0))
	f.Add("", "check", "a", "check", "=skip=all", "debian:${A:-12}", "$BUILDPLATFORM", uint8(3))
	f.Add("A b", "A", "", "arm64", "", "a b", "linux/arm64", uint8(7))
	f.Add("#", "A", "\n", "x", "x", "--platform=y", "", uint8(15))
	f.Fuzz(func(t *testing.T, header, arg, value, name, description, from, platform string, n uint8) {
		file := &File{
			Args: []Arg{{Name: arg, Description: description, Default: &value}},
			Stages: []Stage{
				{Name: name, Description: description, From: from, Platform: platform, Steps: []Step{
					{Description: description, Instruction: Env{Pairs: []Pair{{"A", value}}}},
					{Instruction: Workdir{Path: value}},
					{Description: value, Instruction: Run{Script: "x"}},
				}},
				{Name: "last", From: name},
			},
			Default: "last",
		}
		if n&1 > 0 {
			file.Header = []string{header, description}
		}
		if n&2 > 0 {
			file.Stages[0].Check = []string{value}
			file.Stages[0].Steps[1].Check = []string{header}
		}
		if n&4 > 0 {
			file.Check = &Check{Skip: []string{value}, Error: ptr(n&8 > 0)}
		}
		if n&8 > 0 {
			file.Default = name
			file.Syntax = from
		}
		holds(t, file)
	})
}

// holds fails unless Validate rejects the file, or what Emit writes is read
// back as the file.
func holds(t *testing.T, f *File) {
	t.Helper()
	if problems := Validate(f); len(problems) > 0 {
		for _, p := range problems {
			if p.Message == "" {
				t.Errorf("a problem without a message: %+v", p)
			}
		}
		return
	}
	text, lines := Emit(f)
	if err := Verify(f, text); err != nil {
		t.Fatalf("%v\n%s\n%q", err, text, text)
	}
	if n := bytes.Count(text, []byte("\n")); n != len(lines) {
		t.Fatalf("%d origins for %d lines", len(lines), n)
	}
}
