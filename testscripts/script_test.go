// Package testscripts drives the real command end to end. One .txtar file pins
// one behaviour; its name is <verb>_<aspect>.
//
//	STAGECUE_UPDATE=1 go test ./testscripts
//
// rewrites the expected streams in the scripts.
package testscripts

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	cue "cuelang.org/go/cmd/cue/cmd"
	"github.com/rogpeppe/go-internal/testscript"

	"stagecue.dev/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"stagecue": func() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr, os.Getenv)) },
		// The stock cue command, of the same version as the API.
		"cue": func() { os.Exit(cue.Main()) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 ".",
		UpdateScripts:       os.Getenv("STAGECUE_UPDATE") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "crlf": crlf, "module": module, "until": until, "deep": deep,
		},
	})
}

// exits runs a program and wants it to exit with a code: exits 1 stagecue vet.
// The streams can be compared afterwards, as after exec.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("%v exits with %d, not %d", args[1:], code, want)
	}
}

// crlf turns the line ends of files into CR LF: crlf file...
func crlf(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		var out []byte
		for _, b := range []byte(ts.ReadFile(name)) {
			if b == '\n' {
				out = append(out, '\r')
			}
			out = append(out, b)
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), out, 0o666))
	}
}

// module makes a directory a CUE module without a copy of the schema, the
// smallest that there is: module [directory].
func module(ts *testscript.TestScript, neg bool, args []string) {
	dir := "."
	if len(args) > 0 {
		dir = args[0]
	}
	path := ts.MkAbs(filepath.Join(dir, "cue.mod", "module.cue"))
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o777))
	ts.Check(os.WriteFile(path, []byte("module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n"), 0o666))
}

// deep writes a file with a head whose last opening is repeated: deep file head
// times. The head's \n are line ends, and what follows its last colon or blank but
// one is repeated.
func deep(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	head := strings.ReplaceAll(args[1], `\n`, "\n")
	at := strings.LastIndex(strings.TrimRight(head, " "), " ") + 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(head[:at]+strings.Repeat(head[at:], n)), 0o666))
}

// until waits until a file has a text in it, for half a minute: until file text.
func until(ts *testscript.TestScript, neg bool, args []string) {
	for range 3000 {
		data, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(data), args[1]) != neg {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s does not come to hold %q", args[0], args[1])
}
