package compile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stagecue.dev/internal/load"
)

// fixture is a stack to measure with: seven axes, ten stages of twelve
// instructions each that read one to four of the axes, and as many variants as
// the sizes of the axes make.
func fixture(tb testing.TB, sizes ...int) *load.Module {
	tb.Helper()
	return module(tb, "m", map[string]string{"stages/app/app.cue": fixtureText(sizes)})
}

// thousand and tenThousand are sizes of the axes for that many variants.
var (
	thousand    = []int{5, 5, 5, 2, 2, 2, 1}
	tenThousand = []int{10, 10, 10, 5, 2, 1, 1}
)

func fixtureText(sizes []int) string {
	axes := []string{"os", "cuda", "python", "framework", "device", "flavor", "track"}
	var b strings.Builder
	b.WriteString(head("app"))
	b.WriteString("axes: schema.#Axes & {\n")
	for i, axis := range axes {
		for v := range sizes[i] {
			fmt.Fprintf(&b, "\t%s: \"%s%d\": {version: \"1.%d\", even: %t}\n", axis, axis[:1], v, v, v%2 == 0)
		}
	}
	b.WriteString("}\n\nvariant: schema.#Variant\n\nstages: schema.#Stages & {\n")
	reads := [][]string{
		{"os"}, {"os", "cuda"}, {"python"}, {"os", "python"}, {"cuda", "framework"},
		{"os", "cuda", "python"}, {"framework", "device"}, {"os", "cuda", "python", "framework"}, {"device", "flavor"}, {"os", "track"},
	}
	for i, read := range reads {
		fact := func(k int) string { return "variant." + read[k%len(read)] }
		from := fmt.Sprintf("stages.s%d.name", i-1)
		if i == 0 {
			from = `"debian:\(variant.os.version)"`
		}
		fmt.Fprintf(&b, "\ts%d: {\n\t\tfrom: %s\n\t\texports: out: \"/opt/s%d\"\n\t\tsteps: [\n", i, from, i)
		fmt.Fprintf(&b, "\t\t\t{workdir: \"/opt/s%d\"},\n", i)
		fmt.Fprintf(&b, "\t\t\t{env: {VERSION: %s.version, NAME: %s.id, PATH: \"/opt/s%d/bin:$PATH\"}},\n", fact(0), fact(1), i)
		for k := range 4 {
			fmt.Fprintf(&b, "\t\t\t{run: \"build --step %d --with \\(%s.version)\"},\n", k, fact(k))
		}
		fmt.Fprintf(&b, "\t\t\t{run: \"fetch\", mounts: [{type: \"cache\", target: \"/var/cache/s%d\", sharing: \"locked\"}]},\n", i)
		fmt.Fprintf(&b, "\t\t\t{[if %s.even {run: \"even\"}, {run: \"odd\"}][0]},\n", fact(0))
		fmt.Fprintf(&b, "\t\t\t{script: \"\"\"\n\t\t\t\tmake \\(%s.id)\n\t\t\t\tmake install\n\t\t\t\t\"\"\"},\n", fact(1))
		fmt.Fprintf(&b, "\t\t\t{label: \"org.example.s%d\": %s.id},\n", i, fact(2))
		if i > 1 {
			fmt.Fprintf(&b, "\t\t\t{copy: {from: stages.s%d.name, src: [stages.s%d.exports.out], dest: \"/opt/\"}},\n", i-2, i-2)
		} else {
			b.WriteString("\t\t\t{run: \"first\"},\n")
		}
		b.WriteString("\t\t\t{user: \"nobody\"},\n\t\t]\n\t}\n")
	}
	b.WriteString("}\n\ndockerfile: schema.#Dockerfile & {\n\tpath: \"")
	for i, axis := range axes {
		if i > 0 {
			b.WriteByte('/')
		}
		fmt.Fprintf(&b, `\(variant.%s.id)`, axis)
	}
	b.WriteString("\"\n\ttargets: s9: {}\n}\n")
	return b.String()
}

// TestWriteFixture writes the fixture to a directory, and compiles what it has
// written. With STAGECUE_FIXTURE=dir and STAGECUE_SIZES="5 5 5 2 2 2 1" it only
// writes it there, for the whole command to be measured with.
func TestWriteFixture(t *testing.T) {
	dir, words := os.Getenv("STAGECUE_FIXTURE"), os.Getenv("STAGECUE_SIZES")
	measure := dir != ""
	if !measure {
		dir, words = t.TempDir(), "2 3 1 1 1 1 1"
	}
	sizes := make([]int, len(thousand))
	for i, word := range strings.Fields(words) {
		fmt.Sscan(word, &sizes[i])
	}
	for file, text := range map[string]string{
		"cue.mod/module.cue": "module: \"example.com/m@v0\"\nlanguage: version: \"v0.17.0\"\n",
		"stages/app/app.cue": fixtureText(sizes),
	} {
		path := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if measure {
		return
	}
	m, problem := load.FindModule(dir)
	if problem != nil {
		t.Fatal(problem.Message)
	}
	if r := run(t, m); len(r.Dockerfiles()) != 6 || len(r.Findings) > 0 {
		t.Errorf("%d Dockerfiles, findings:\n%s", len(r.Dockerfiles()), brief(r.Findings))
	}
}
