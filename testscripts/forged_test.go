package testscripts

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
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
