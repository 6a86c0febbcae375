//go:build linux

package e2e

import (
	"strings"
	"testing"

	"github.com/moby/buildkit/solver/errdefs"

	"stagecue.dev/e2e/builder"
)

func testScripts(t *testing.T, b *bench) {
	img := b.build(t, "scripts/all", builder.Request{})
	equal(t, "what the script writes", img.read(t, "script"), "<a  b\\c>\n<$value>\ninner 3\n")
	equal(t, "what exec writes", img.read(t, "exec"), `$HOME|two  words|a"b\c|`)
	equal(t, "what run writes", img.read(t, "run.txt"), "onetwo")

	lenient := b.build(t, "scripts/all", builder.Request{Target: "lenient"})
	equal(t, "a script with options of its own", lenient.read(t, "set"), "survived\n")
	equal(t, "a script with a #! line", lenient.read(t, "shebang"), "survived\n")
}

// testFailures builds what must fail: otherwise the passes of the other tests
// would say nothing.
func testFailures(t *testing.T, b *bench) {
	for _, test := range []struct {
		target string
		// reason is part of the error, line the place that it names.
		reason string
		line   string
	}{
		{"middle", "exit code: 7", `RUN <<"EOF"`},
		{"secretless", "secret absent: not found", "RUN --mount=type=secret,id=absent,required"},
		{"sourceless", `"/app/absent.txt": not found`, "COPY app/absent.txt /"},
		{"misspelt", "target stage \"misspelt\" could not be found", ""},
	} {
		t.Run(test.target, func(t *testing.T) {
			result, err := b.try(t, "scripts/all", builder.Request{Target: test.target})
			if err == nil {
				t.Fatalf("the build passes:\n%s", result.Log)
			}
			if !strings.Contains(err.Error(), test.reason) {
				t.Errorf("the build fails for another reason: %v", err)
			}
			equal(t, "the line at fault", faultyLine(err), test.line)
			if test.target == "middle" && (!strings.Contains(result.Log, "before\n") || strings.Contains(result.Log, "after\n")) {
				t.Errorf("the script did not end in the middle:\n%s", result.Log)
			}
		})
	}
}

// faultyLine is the line of the Dockerfile that an error of BuildKit's is about.
func faultyLine(err error) string {
	for _, source := range errdefs.Sources(err) {
		if source.Info == nil || len(source.Ranges) == 0 {
			continue
		}
		lines := strings.Split(string(source.Info.Data), "\n")
		return strings.TrimSuffix(lines[source.Ranges[0].Start.Line-1], " \\")
	}
	return ""
}
