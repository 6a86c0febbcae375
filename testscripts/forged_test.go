package testscripts

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"cuelang.org/go/cue/literal"

	"stagecue.dev/internal/cli"
)

// hostile are texts that want to be something else than text: to steer a
// terminal, to look like another line, to be live in Markdown or HTML.
var hostile = []string{
	"a\x1b[2J\x1b[31;1Hb", "a\x1b]8;;https://evil.example\x07b", "a\rFORGED", "a\nFORGED", "a\r\nFORGED", "a\n::error::FORGED", "a\n\n# FORGED",
	"a\x07\x08b", "a\x7fb", "a\u0085b\u009b2J", "a\tb", "a\u202eb\u202c", "a\u2066b\u2069", "a\u200eb\u200fc\u061c",
	"a\u200bb\u2060c", "a\ufeffb", "a\u200db", "a\u2028FORGED\u2029FORGED", "a\U000e0061\U000e007fb", "a\u3164b\u034fc\U000e0101d",
	"[link](https://evil.example)", "![image](https://evil.example/x.png)", "[link][1]", "[^1]", "[x] done", "<b>bold</b>", "<script>alert(1)</script>",
	"<!-- hidden", "--> shown", "</summary></details>", "&lt;b&gt; &#64;a", "*em* **strong** _em_ __strong__", "~~gone~~ ~gone~", "`code`", "```", "``a`",
	"@user and @org/team", "#1 and GH-1 and o/r#1", "https://evil.example", "www.evil.example", "mail@evil.example", "mailto:a@evil.example", "<https://evil.example>",
	"a | b |", "| a", `a \| b`, `a\`, "# heading #", "> quoted", "- item", "1. item", "+ item", "===", "---", "    code", "$x$ and $$y$$", ":tada: :+1:",
	"%%{init: {}}%%", `"] --> n1["`, `\" ] }`, "]]>", "%s %d %0A", "=cmd|' /C calc'!A0",
}

// forgedBytes are what must not be in any text, whatever package plain thinks.
const forgedBytes = "\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u034f\u3164"

// isForged reports whether a character of text steers a terminal, or is not seen.
func isForged(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0xe0000 || strings.ContainsRune(forgedBytes, r)
}

// color is the colour that package report writes. None of the texts holds it.
var color = regexp.MustCompile("\x1b\\[[0-9;]*m")

// wantText wants text that is only what it seems to be.
func wantText(t *testing.T, what, text string) {
	t.Helper()
	text = color.ReplaceAllString(text, "")
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8: %q", what, text)
	}
	if i := strings.IndexFunc(text, isForged); i >= 0 {
		t.Errorf("%s holds %q", what, text[max(0, i-40):min(len(text), i+40)])
	}
	for line := range strings.Lines(text) {
		// GitHub takes no notice of blanks before a command.
		if strings.HasPrefix(line, "FORGED") || strings.HasPrefix(line, "# FORGED") || strings.HasPrefix(strings.TrimSpace(line), "::error::FORGED") {
			t.Errorf("%s has a line that was part of another: %q", what, line)
		}
	}
}

// wantJSON wants a document of which a terminal obeys nothing.
func wantJSON(t *testing.T, what, out string) {
	t.Helper()
	if !json.Valid([]byte(out)) {
		t.Errorf("%s is no JSON: %q", what, out)
	}
	if strings.ContainsAny(out, "\x1b\x07\r") {
		t.Errorf("%s holds control characters: %q", what, out)
	}
}

// wantHeld wants a document that holds a text as it was.
func wantHeld(t *testing.T, what, out, text string) {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(out), &doc); err != nil || !holds(doc, text) {
		t.Errorf("%s does not hold %q (%v):\n%s", what, text, err, out)
	}
}

// holds reports whether a string of a document holds a text.
func holds(doc any, text string) bool {
	switch v := doc.(type) {
	case string:
		return strings.Contains(v, text)
	case []any:
		for _, x := range v {
			if holds(x, text) {
				return true
			}
		}
	case map[string]any:
		for _, x := range v {
			if holds(x, text) {
				return true
			}
		}
	}
	return false
}

// world is a module with a text in it, in a repository of git.
type world struct {
	t   *testing.T
	dir string
}

// run runs a verb in the module.
func (w *world) run(args ...string) (stdout, stderr string) {
	w.t.Helper()
	var out, talk bytes.Buffer
	code := cli.Main(append([]string{"-C", w.dir}, args...), &out, &talk, func(string) string { return "" })
	if code == cli.ExitTrouble && strings.Contains(talk.String(), "internal") {
		w.t.Errorf("%q fails: %s", args, talk.String())
	}
	return out.String(), talk.String()
}

func (w *world) write(file, text string) bool {
	w.t.Helper()
	name := filepath.Join(w.dir, filepath.FromSlash(file))
	err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666))
	if err != nil && runtime.GOOS == "linux" {
		w.t.Fatal(err)
	}
	return err == nil // not all systems have files of any name
}

func (w *world) git(args ...string) {
	w.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", w.dir, "-c", "user.name=x", "-c", "user.email=x@example.com"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %v: %s", args, err, out)
	}
}

// newWorld is a module with texts in it, reasons and what is built. It was
// committed with other words.
func newWorld(t *testing.T, reasons, built []string) *world {
	w := &world{t, t.TempDir()}
	w.write("cue.mod/module.cue", "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n")
	for i := range built {
		w.write(fmt.Sprintf("files/%d/a", i), "")
	}
	w.write("stages/app/app.cue", forgedStack(slices.Repeat([]string{"before"}, len(reasons)), slices.Repeat([]string{"before"}, len(built)), false))
	w.run("gen", "-q")
	w.git("init", "-q", "-b", "main")
	w.git("add", ".")
	w.git("commit", "-qm", "before")
	w.write("stages/app/app.cue", forgedStack(reasons, built, true))
	return w
}

// forgedStack has a value of an axis for each reason, a rule against it if
// wanted, and a target for each text that is built.
func forgedStack(reasons, built []string, rules bool) string {
	var b strings.Builder
	b.WriteString("package app\n\nimport \"stagecue.dev/schema\"\n\naxes: schema.#Axes & {\n\tos: {a: {}, b: {}}\n\tkind: {\n\t\tplain: {fact: \"\"}\n")
	for i, text := range reasons {
		fmt.Fprintf(&b, "\t\tk%d: {fact: %s}\n", i, literal.String.Quote(text))
	}
	b.WriteString("\t}\n}\n\nvariant: schema.#Variant\n\nrules: schema.#Rules & {\n")
	for i, text := range reasons {
		if quoted := literal.String.Quote(text); rules {
			fmt.Fprintf(&b, "\t%s: {forbid: {os: id: \"b\", kind: id: \"k%d\"}, because: %s, see: \"https://example.com/see\"}\n", quoted, i, quoted)
		}
	}
	b.WriteString("}\n\ndockerfile: schema.#Dockerfile & {path: \"\\(variant.os.id)-\\(variant.kind.id)\", default: \"t0\"}\n")
	for i, text := range built {
		b.WriteString(strings.NewReplacer("TEXT", literal.String.Quote(text), "NAME", fmt.Sprintf("t%d", i), "DIR", fmt.Sprintf("files/%d", i)).Replace(`
stages: schema.#Stages & {NAME: {
	description: TEXT
	from:        "debian:12"
	steps: [{run: "echo NAME", description: TEXT}, {label: note: TEXT}, {copy: {src: ["DIR"], dest: "/files/"}}, {entrypoint: ["echo", TEXT]}]
}}
dockerfile: targets: NAME: {description: TEXT, info: about: {description: TEXT, command: "true"}}
`))
	}
	return b.String()
}

// judge wants what an output must be, by the arguments that it is of.
func judge(t *testing.T, what, out, talk string) {
	t.Helper()
	wantText(t, what+" (talk)", talk)
	switch {
	case strings.Contains(what, "json"), strings.Contains(what, "github-matrix"):
		wantJSON(t, what, out)
	case strings.Contains(what, "svg"):
		wantXML(t, what, out)
		fallthrough
	default:
		wantText(t, what, out)
	}
}

// verbs are those that work on a module, in all of their formats.
var verbs = []string{
	"vet --max-findings 0", "vet --max-findings 0 --color always", "vet --max-findings 0 --format github", "vet --max-findings 0 --format json",
	"check --max-findings 0", "check --max-findings 0 --format github", "check --max-findings 0 --format json",
	"matrix --why os=b,kind=k0", "matrix --why os=b,kind=k0 --format github", "matrix --why os=b,kind=k0 --format json",
	"matrix", "matrix --all", "matrix --format markdown", "matrix --format json",
	"review --base main", "review --base main --format markdown", "review --base main --format json",
	"affected --base main", "affected --base main --format bake", "affected --base main --format github-matrix", "affected --base main --format json",
	"graph", "graph --format dot", "graph --format svg", "graph os=a kind=k0", "graph os=a kind=k0 --format dot", "graph os=a kind=k0 --format svg",
	"gen", "blame generated/app/a-k0/Dockerfile", "blame generated/app/a-k0/Dockerfile --format json",
}

// outputs are those of the verbs, judged, by their arguments.
func (w *world) outputs() map[string]string {
	all := map[string]string{}
	for _, what := range verbs {
		out, talk := w.run(strings.Fields(what)...)
		judge(w.t, what, out, talk)
		all[what] = out
	}
	page, err := os.ReadFile(filepath.Join(w.dir, "generated/app/SUPPORT.md"))
	if err != nil {
		w.t.Fatal(err)
	}
	all["SUPPORT.md"] = string(page)
	wantText(w.t, "SUPPORT.md", string(page))
	return all
}

// TestForged sends the hostile texts through every output of every verb: as
// reasons, names of rules and facts, and as what is built where a Dockerfile may
// hold them. Where it may not, the findings are looked at.
func TestForged(t *testing.T) {
	var taken, refused []string
	for _, text := range hostile {
		if talk := findings(t, "vet", text); strings.Contains(talk, "error[") {
			refused = append(refused, text)
		} else {
			taken = append(taken, text)
		}
	}
	if len(taken) < len(hostile)/2 || len(refused) == 0 {
		t.Errorf("Dockerfiles hold %q, and not %q", taken, refused)
	}
	findings(t, "vet --max-findings 0 --format github", refused...)
	findings(t, "vet --max-findings 0 --format json", refused...)
	findings(t, "gen --max-findings 0 --color always", refused...)
	for _, tt := range []struct {
		name           string
		reasons, built []string
	}{{"reasons", append([]string{strings.Join(hostile, " ")}, hostile...), []string{"ordinary"}}, {"built", []string{"ordinary"}, taken}} {
		t.Run(tt.name, func(t *testing.T) {
			all := newWorld(t, tt.reasons, tt.built).outputs()
			ordinary := newWorld(t, ordinary(tt.reasons), ordinary(tt.built)).outputs()
			texts := slices.Concat(tt.reasons, tt.built)
			wantMarkdown(t, "SUPPORT.md", all["SUPPORT.md"], ordinary["SUPPORT.md"], texts)
			wantMarkdown(t, "matrix", all["matrix --format markdown"], ordinary["matrix --format markdown"], tt.reasons)
			wantMarkdown(t, "review", all["review --base main --format markdown"], ordinary["review --base main --format markdown"], texts)
			if why := all["matrix --why os=b,kind=k0 --format json"]; !strings.Contains(why, "example.com/see") {
				t.Errorf("there is no reason: %s", why)
			}
			for _, text := range tt.reasons {
				wantHeld(t, "matrix", all["matrix --format json"], text)
			}
			for _, text := range tt.built {
				wantHeld(t, "review", all["review --base main --format json"], text)
			}
		})
	}
}

// findings are what a verb has to say of texts that are built, judged.
func findings(t *testing.T, what string, texts ...string) string {
	w := &world{t, t.TempDir()}
	w.write("cue.mod/module.cue", "module: \"cue.example@v0\"\nlanguage: version: \"v0.17.0\"\n")
	for i := range texts {
		w.write(fmt.Sprintf("files/%d/a", i), "")
	}
	w.write("stages/app/app.cue", forgedStack(nil, texts, true))
	out, talk := w.run(strings.Fields(what)...)
	judge(t, fmt.Sprintf("%s of %.60q", what, texts), out, talk)
	return talk
}

// ordinary are as many words as there are texts.
func ordinary(texts []string) []string {
	out := make([]string, len(texts))
	for i := range out {
		out[i] = fmt.Sprintf("word%d", i)
	}
	return out
}

// TestForgedNames has files and directories of hostile names, which may be
// anything but a slash, and no UTF-8.
func TestForgedNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such names")
	}
	names := append([]string{"a\xffb\x9b"}, hostile...)
	for i := range names {
		names[i] = strings.ReplaceAll(names[i], "/", "-")
	}
	w := newWorld(t, []string{"ordinary"}, ordinary(names))
	for i, name := range names {
		if !w.write(fmt.Sprintf("files/%d/%s", i, name), "x") {
			continue
		}
		w.write("generated/app/"+name, "x")
		w.write("generated/app/"+name+".old/Dockerfile", "# Code generated by stagecue from stages/app; DO NOT EDIT.\nFROM x\n")
		// CUE's loader takes no file with another kind of name.
		if utf8.ValidString(name) && !strings.ContainsAny(name, `:\`) {
			w.write("stages/app/"+name+".cue", "package app\n\n_x: {   }\n")
		}
	}
	for _, what := range append([]string{"fmt --check", "fmt --diff", "fmt"}, verbs...) {
		out, talk := w.run(strings.Fields(what)...)
		judge(t, what, out, talk)
	}
	for _, name := range names {
		w.write("stages/app/"+name+".cue", "package app\n\n_x: {   }\n")
		w.write("stages/"+name+"/b.cue", "package app\n\nx:   y\n")
	}
	for _, what := range append([]string{"fmt --check", "fmt --diff", "fmt"}, verbs...) {
		if out, talk := w.run(strings.Fields(what)...); out != "" {
			judge(t, what, out, talk)
		} else {
			wantText(t, what+" (talk)", talk)
		}
	}
}

// TestForgedArguments has hostile texts on the command line.
func TestForgedArguments(t *testing.T) {
	w := newWorld(t, []string{"ordinary"}, []string{"ordinary"})
	w.run("gen")
	for _, text := range []string{strings.Join(hostile, " "), "a\xffb\x9b\nFORGED", "\u202e\n::error::FORGED", "x\n\nDid you mean this?\n\tgen\nFORGED\n"} {
		for _, args := range [][]string{
			{text}, {"vet", text}, {"vet", "os=" + text}, {"vet", text + "=a"}, {"vet", "--" + text}, {"vet", "-" + text}, {"vet", "--format", text}, {"vet", "--color", text},
			{"vet", "--warnings", text}, {"vet", "--max-findings", text}, {"-C", text, "vet"}, {"gen", text}, {"check", text}, {"render", text}, {"render", "os=" + text},
			{"matrix", text}, {"matrix", "--why", text}, {"matrix", "--why", "os=" + text}, {"graph", text}, {"graph", "--format", text}, {"blame", text},
			{"blame", text + ":9-1"}, {"blame", text + ":99999999999999999999"}, {"blame", "generated/app/" + text}, {"blame", "../../../../" + text}, {"review", "--base", text}, {"review", text},
			{"affected", "--base", text}, {"fmt", text}, {"fmt", "../../../../../../" + text}, {"explain", text}, {"init", text}, {"version", text}, {"help", text},
		} {
			out, talk := w.run(args...)
			wantText(t, fmt.Sprintf("%.60q", args), out+talk)
		}
	}
}

// wantXML wants a document that can be read.
func wantXML(t *testing.T, what, out string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(out))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: %v", what, err)
			return
		}
	}
}
