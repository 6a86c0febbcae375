package load

import (
	"strings"
	"testing"
)

// Every package below stages/ is a stack, but for what the cue command ignores.
func TestStackNames(t *testing.T) {
	m := open(t, map[string]string{
		"stages/app/app.cue":              "package app",
		"stages/app/more.cue":             "package app",
		"stages/app/sub/deep/x.cue":       "package deep",
		"stages/zed/zed.cue":              "package zed",
		"stages/10/x.cue":                 "package x",
		"stages/notes/README.md":          "",
		"stages/tool/a_tool.cue":          "package tool",
		"stages/test/a_test.cue":          "package test",
		"stages/hidden/.x.cue":            "package hidden",
		"stages/hidden/_x.cue":            "package hidden",
		"stages/_draft/x.cue":             "package draft",
		"stages/.git/x.cue":               "package git",
		"stages/app/testdata/x.cue":       "package testdata",
		"stages/vendor/cue.mod/usr/x.cue": "package usr",
		"lib/x.cue":                       "package lib",
	})
	names, problem := m.StackNames()
	if problem != nil {
		t.Fatal(describe(*problem))
	}
	if got, want := strings.Join(names, " "), "10 app app/sub/deep zed"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLoad(t *testing.T) {
	m := open(t, map[string]string{
		"stages/app/app.cue":     "package app" + stackText,
		"stages/app/sub/sub.cue": "package sub" + stackText,
		"stages/web/web.cue":     "package web" + stackText,
	})
	for _, tt := range []struct{ names, stacks, want string }{
		{"", "app app/sub web", ""},
		{"web", "web", ""},
		{"web app/sub", "app/sub web", ""},
		{"web web", "web", ""},
		{"wbe", "", " unknown-stack: there is no stack wbe below stages/ (did you mean \"web\"?)"},
		{"app/sup web nothing", "", " unknown-stack: there is no stack app/sup below stages/ (did you mean \"app/sub\"?)\n" +
			" unknown-stack: there is no stack nothing below stages/ (the stacks are app, app/sub, web)"},
	} {
		stacks, list := m.Load(strings.Fields(tt.names))
		var names []string
		for _, s := range stacks {
			names = append(names, s.Name)
			if s.Dir != "stages/"+s.Name {
				t.Errorf("got %+v", s)
			}
		}
		if got := strings.Join(names, " "); got != tt.stacks || describe(list...) != tt.want {
			t.Errorf("%s: got %s and\n%s\nwant %s and\n%s", tt.names, got, describe(list...), tt.stacks, tt.want)
		}
	}
}

// TestLoadOne shows that a stack that is not asked for is not read: neither what
// is wrong with it nor how large it is matters to the others.
func TestLoadOne(t *testing.T) {
	m := open(t, map[string]string{
		"stages/app/app.cue":     "package app" + stackText,
		"stages/app/sub/sub.cue": "package sub\n{{{",
		"stages/bad/bad.cue":     "package bad\nimport \"example.com/nowhere\"\nx: [",
	})
	stacks, list := m.Load([]string{"app"})
	if len(stacks) != 1 || len(list) > 0 {
		t.Fatalf("%d stacks, %s", len(stacks), describe(list...))
	}
	if list := stacks[0].Builder().Validate(); len(list) > 0 {
		t.Error(describe(list...))
	}
}

// What is wrong with the files of a stack, before anything is evaluated.
func TestLoadFindings(t *testing.T) {
	const elsewhere = " (every package below stages/ is a stack; what stacks share belongs elsewhere)"
	for _, tt := range []struct {
		name, file, text, want string
	}{
		{"fine", "app/app.cue", "package app" + stackText, ""},
		{"a misspelt field", "app/app.cue", "package app" + stackText + "axs: {}", `app/app.cue:7:1 unknown-field: a stack has no field "axs" (did you mean "axes"?)`},
		{"a field of nobody's", "app/app.cue", "package app" + stackText + "registry: \"x\"",
			`app/app.cue:7:1 unknown-field: a stack has no field "registry" (helpers are hidden fields (_registry) or definitions (#registry))`},
		{"helpers", "app/app.cue", "package app" + stackText + "#registry: \"x\"\n_x: 1\nlet y = 2\n_z: y", ""},
		{"a field of a target's", "app/app.cue", "package app" + stackText + "tests: {}", `app/app.cue:7:1 unknown-field: a stack has no field "tests" (it belongs to a target: dockerfile.targets.<stage>.tests)`},
		{"only helpers", "app/app.cue", "// a licence\n\npackage app\n\n_x: 1",
			"app/app.cue:3:1 missing-field: the stack has no field \"stages\", so it compiles to nothing" + elsewhere + "\n" +
				"app/app.cue:3:1 missing-field: the stack has no field \"dockerfile\", so it compiles to nothing" + elsewhere},
		{"a condition", "app/app.cue", "package app" + stackText + "if true {axes: os: {}}",
			`app/app.cue:7:1 conditional-stage: a top-level field cannot depend on a condition (put the condition inside of the field, around steps for instance)`},
		{"a conditional stage", "app/app.cue", "package app" + stackText + "stages: {if true {b: from: \"x:1\"}}",
			`app/app.cue:7:10 conditional-stage: a stage cannot depend on a condition: only what targets reach is built anyway (write the stage without the condition and put conditions around its steps)`},
		{"stages by a loop", "app/app.cue", "package app" + stackText + "stages: schema.#Stages & {for x in [\"b\"] {(x): from: \"x:1\"}}",
			`app/app.cue:7:27 conditional-stage: a stage cannot depend on a condition: only what targets reach is built anyway (write the stage without the condition and put conditions around its steps)`},
		{"files in stages itself", "x.cue", "package x" + stackText,
			" cue-load: there are .cue files in stages/ itself, but a stack is a directory in it (give them a directory of their own, and what stacks share one beside stages/)"},
		{"no package clause", "app/app.cue", "x: 1",
			"app/app.cue cue-load: the file has no package clause, so CUE would ignore it (start it with the package of the files beside it)"},
		{"no CUE", "app/app.cue", "package app\n\nx: ]", "app/app.cue:3:4 cue-syntax: expected operand, found ']'"},
		{"an import of nothing", "app/app.cue", "package app\n\nimport \"example.com/m/lib\"\n\nx: lib.y",
			`app/app.cue:3:8 cue-load: there is no CUE package in the directory "lib" of the module (correct the import, or add the package)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := open(t, map[string]string{"stages/" + tt.file: tt.text}).Load(nil)
			if got := strings.ReplaceAll(strings.ReplaceAll(describe(list...), "stages/app/", "app/"), "stages cue-load", " cue-load"); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestNoStacks(t *testing.T) {
	const want = " no-stacks: the module has no stack: there is no CUE package below stages/ (run `stagecue init` to get a first one)"
	for _, files := range []map[string]string{nil, {"stages/README.md": ""}, {"stages/_x/x.cue": "package x"}} {
		if _, list := open(t, files).Load(nil); describe(list...) != want {
			t.Errorf("%v: got %s", files, describe(list...))
		}
	}
}
