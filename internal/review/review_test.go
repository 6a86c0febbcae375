package review

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// dockerfileOf is one Dockerfile in both states, with a target for each stage.
func dockerfileOf(old, new string) Input {
	v := func(text string) Variant {
		v := Variant{Stack: "s", Path: "s/x/Dockerfile", Text: text, Known: true}
		for _, line := range strings.Split(text, "\n") {
			if words := strings.Fields(line); len(words) == 4 && words[0] == "FROM" {
				v.Targets = append(v.Targets, Target{Name: words[3]})
			}
		}
		return v
	}
	return Input{Base: "main", Old: []Variant{v(old)}, New: []Variant{v(new)}}
}

func TestCache(t *testing.T) {
	const before = `ARG V=1
FROM debian:12 AS base
RUN one
ENV A=1
FROM base AS build
ARG V
RUN two
RUN three
FROM base AS run
COPY --from=build /a /b
RUN --mount=type=bind,from=build,target=/x four
LABEL x=y
`
	for _, tt := range []struct {
		name, from, to, want string
	}{
		{"base image", "debian:12", "debian:13", `changed FROM debian:13 in base: base 1 of 1, build 3 of 3, run 5 of 5`},
		{"comment", "RUN one\n", "# a comment\nRUN one\n", ``},
		{"label", "x=y", "x=z", `only what the image says of itself: run 0 of 5`},
		{"environment", "ENV A=1", "ENV A=2", `changed ENV A=2 in base: base 0 of 1, build 2 of 3, run 4 of 5`},
		{"value of an argument", "V=1", "V=2", `changed ARG V in build: build 2 of 3, run 4 of 5`},
		{"first instruction", "RUN one", "RUN 1", `changed RUN 1 in base: base 1 of 1, build 3 of 3, run 5 of 5`},
		{"inserted", "RUN two\n", "RUN zwei\nRUN two\n", `new RUN zwei in build: build 3 of 4, run 5 of 6`},
		{"removed", "RUN two\n", "", `removed RUN two in build: build 1 of 2, run 3 of 4`},
		{"removed at the end", "RUN three\n", "", `removed RUN three in build: build 0 of 2, run 2 of 4`},
		{"added at the end", "four\n", "four\nRUN five\n", `new RUN five in run: run 1 of 6`},
		{"environment at the end of what is only copied from", "RUN three\n", "RUN three\nENV B=1\n", `new ENV B=1 in build: build 0 of 3, run 0 of 5`},
		{"base of another", "FROM base AS run", "FROM build AS run", `changed FROM build in run: run 2 of 5`},
		{"new stage", "FROM base AS run", "FROM base AS more\nRUN more\nFROM base AS run", `new FROM base in more: more 1 of 2`},
	} {
		after := strings.Replace(before, tt.from, tt.to, 1)
		if after == before {
			t.Fatalf("%s: nothing is replaced", tt.name)
		}
		var got []string
		r := Run(dockerfileOf(before, after))
		for _, c := range r.Cache {
			words := c.Why
			if c.Stage != "" {
				words += " " + c.Instruction + " in " + c.Stage
			}
			got = append(got, words+": "+c.again())
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%s:\n%s\nnot\n%s", tt.name, strings.Join(got, "\n"), tt.want)
		}
	}
}

// A stage may be FROM one of several, by platform.
func TestCachePlatforms(t *testing.T) {
	const before = "FROM a:1 AS t_amd64\nRUN one\nFROM b:1 AS t_arm64\nRUN two\nFROM t_${TARGETARCH} AS run\nRUN three\n"
	r := Run(dockerfileOf(before, strings.Replace(before, "RUN two", "RUN zwei", 1)))
	if len(r.Cache) != 1 || r.Cache[0].again() != "run 2 of 3, t_arm64 1 of 1" {
		t.Errorf("%+v", r.Cache)
	}
}

// Hunks say what they stand for: the old text becomes the new one by them.
func TestDiff(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func() string {
		var b strings.Builder
		for range r.IntN(20) {
			fmt.Fprintf(&b, "%d\n", r.IntN(4))
		}
		return b.String()
	}
	for range 2000 {
		before, after := random(), random()
		lines := strings.SplitAfter(before, "\n")
		var got strings.Builder
		at := 0
		for _, h := range diff(before, after) {
			for ; at < h.old-1; at++ {
				got.WriteString(lines[at])
			}
			if n := strings.Count(got.String(), "\n") + 1; n != h.new {
				t.Fatalf("a hunk is at line %d, not %d:\n%s\n%s", n, h.new, before, after)
			}
			if h.lines[0].Kind == " " || h.lines[len(h.lines)-1].Kind == " " {
				t.Fatal("a hunk has lines around it")
			}
			for _, l := range h.lines {
				if l.Kind != "+" {
					at++
				}
				if l.Kind != "-" {
					got.WriteString(l.Text + "\n")
				}
			}
		}
		got.WriteString(strings.Join(lines[at:], ""))
		if got.String() != after {
			t.Fatalf("%q becomes %q, not %q", before, got.String(), after)
		}
	}
}

// A change is shown once, with what follows it everywhere, and apart from what
// follows it somewhere.
func TestHunks(t *testing.T) {
	texts := func(lines ...string) string { return "FROM a:1 AS x\n" + strings.Join(lines, "\n") + "\n" }
	for _, tt := range []struct {
		name, want string
		pairs      [][2]string
	}{
		{"joined everywhere", `2x
 FROM a:1 AS x
-1
+one
 2
-3
+three
 end`, [][2]string{{texts("1", "2", "3", "end"), texts("one", "2", "three", "end")}, {texts("1", "2", "3", "end"), texts("one", "2", "three", "end")}}},
		{"joined once", `2x
 FROM a:1 AS x
-1
+one
 2
1x
 2
-3
+three
 end`, [][2]string{{texts("1", "2", "3", "end"), texts("one", "2", "three", "end")}, {texts("1", "2", "3", "end"), texts("one", "2", "3", "end")}}},
		{"twice in one file", `2x
-1
+one`, [][2]string{{texts("1", "2", "3", "4", "1"), texts("one", "2", "3", "4", "one")}}},
		{"not across stages", `1x
 FROM a:1 AS x
-1
+one
 FROM b:1 AS y
1x
 FROM b:1 AS y
-2
+two`, [][2]string{{texts("1", "FROM b:1 AS y", "2"), texts("one", "FROM b:1 AS y", "two")}}},
	} {
		var in Input
		for i, p := range tt.pairs {
			v := Variant{Stack: "s", Path: fmt.Sprintf("s/%d/Dockerfile", i)}
			v.Text = p[0]
			in.Old = append(in.Old, v)
			v.Text = p[1]
			in.New = append(in.New, v)
		}
		var got []string
		for _, h := range Run(in).Hunks {
			got = append(got, fmt.Sprintf("%dx", h.Count), strings.TrimSuffix(keyOf(h.Lines), "\n"))
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%s:\n%s\nnot\n%s", tt.name, strings.Join(got, "\n"), tt.want)
		}
	}
}

// A comment has a bounded length, says what it leaves out, and is closed.
func TestMarkdownIsBounded(t *testing.T) {
	old, new := "FROM a:1 AS x\n", "FROM a:1 AS x\n"
	for i := range 3000 {
		old += fmt.Sprintf("RUN a %d\nRUN same %d\nUSER x\nUSER y\n", i, i)
		new += fmt.Sprintf("RUN b %d ```\nRUN same %d\nUSER x\nUSER y\n", i, i)
	}
	r := Run(dockerfileOf(old, new))
	var b strings.Builder
	if err := WriteMarkdown(&b, &r, func(s string) string { return s }); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if len(text) > maxMarkdown+200 || !strings.HasSuffix(text, " more left out: see all with `stagecue review --base main`.\n") {
		t.Errorf("%d characters, which end with %q", len(text), text[len(text)-100:])
	}
	if opened, closed := strings.Count(text, "<details>"), strings.Count(text, "</details>"); opened != closed || opened == 0 {
		t.Errorf("%d are opened and %d closed", opened, closed)
	}
	if fences := strings.Count(text, "\n````"); fences%2 != 0 || fences == 0 {
		t.Errorf("%d fences", fences)
	}
}

// Large hunks are cut, and the numbers of the rest are right.
func TestMarkdownHunk(t *testing.T) {
	old := "FROM a:1 AS x\nRUN a\n"
	new := old + strings.Repeat("RUN b\n", 100)
	r := Run(dockerfileOf(old, new))
	var b strings.Builder
	if err := WriteMarkdown(&b, &r, func(s string) string { return s }); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "+RUN b"); n != 38 || !strings.Contains(b.String(), "  ... and 62 more lines\n") {
		t.Errorf("%d lines:\n%s", n, b.String())
	}
}

func TestGenerated(t *testing.T) {
	for text, want := range map[string]string{
		"# syntax=x\n# Code generated by stagecue from stages/a/b; DO NOT EDIT.\n# Variant: os=x cuda=1=2\n#\nFROM x\n": "a/b cuda=1=2 os=x",
		"# Code generated by stagecue from stages/a; DO NOT EDIT.\n#\nFROM x\n":                                         "a ",
		"FROM x\n": "",
		"":         "",
	} {
		v, ok := Generated("p", text)
		got := ""
		if ok {
			got = v.Stack + " " + v.Name()
		}
		if got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

// BenchmarkRun is a version that a thousand Dockerfiles hold.
func BenchmarkRun(b *testing.B) {
	axes := map[string][]string{}
	for _, axis := range []string{"a", "b", "c"} {
		for i := range 10 {
			axes[axis] = append(axes[axis], fmt.Sprint(i))
		}
	}
	in := Input{Base: "main", Old: product(axes, func(map[string]string) bool { return true })}
	for i, v := range in.Old {
		v.Text = fmt.Sprintf("FROM a:1 AS x\nENV X=1\nRUN variant %d\n%s", i, strings.Repeat("RUN same\n", 300))
		in.Old[i] = v
		v.Text = strings.Replace(v.Text, "X=1", "X=2", 1)
		v.Targets = []Target{{Name: "x"}}
		in.New = append(in.New, v)
	}
	for b.Loop() {
		if r := Run(in); len(r.Hunks) != 1 || len(r.Cache) != 1 {
			b.Fatalf("%d hunks, %d impacts", len(r.Hunks), len(r.Cache))
		}
	}
}
