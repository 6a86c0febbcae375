package load

import (
	"maps"
	"testing"

	"stagecue.dev/internal/depend"
)

// TestContent: what CUE is given depends on what stands in the module, and not
// on where that is.
func TestContent(t *testing.T) {
	const stack = "package app\n\nimport (\n\t\"example.com/m/shared\"\n\t\"stagecue.dev/schema\"\n)\n\n" +
		"stages: schema.#Stages & {\n\tmain: from: shared.#Image\n\tother: from: _other\n}\n_other: \"alpine\"\n"
	files := map[string]string{
		"cue.mod/module.cue":    "module: \"example.com/m@v0\"\nlanguage: version: \"v0.16.0\"\n",
		"stages/app/app.cue":    stack,
		"stages/app/more.cue":   "package app\n\nlet x = 1\n_more: x\n",
		"shared/shared.cue":     "package shared\n\nimport \"example.com/m/deeper\"\n\n#Image: deeper.#Image\n",
		"deeper/deeper.cue":     "package deeper\n\n#Image: \"debian:12\"\n",
		"stages/second/app.cue": "package second\n",
	}
	main, whole := contents(t, files)
	for _, edit := range []struct {
		name, file, text string
		// main and whole are whether the content of the stage and of the stack change.
		main, whole bool
	}{
		{"nothing", "", "", false, false},
		{"another stack", "stages/second/app.cue", "package second\n\na: 1\n", false, false},
		{"layout", "stages/app/app.cue", "// A comment.\n\n" + stack, false, false},
		{"another stage", "stages/app/more.cue", "package app\n\n_other: string\n", false, true},
		{"the stage", "stages/app/more.cue", "package app\n\nstages: main: description: \"x\"\n", true, true},
		{"an import", "shared/shared.cue", "package shared\n\n#Image: \"debian:13\"\n", true, true},
		{"an import of it", "deeper/deeper.cue", "package deeper\n\n#Image: \"debian:13\"\n", true, true},
		{"the language", "cue.mod/module.cue", "module: \"example.com/m@v0\"\nlanguage: version: \"v0.17.0\"\n", true, true},
	} {
		t.Run(edit.name, func(t *testing.T) {
			edited := maps.Clone(files)
			if edit.file != "" {
				edited[edit.file] = edit.text
			}
			m, w := contents(t, edited)
			if m != main != edit.main || w != whole != edit.whole {
				t.Errorf("the stage has changed: %t, the stack: %t", m != main, w != whole)
			}
		})
	}
}

// contents identifies the stage main of the stack app of a module, and all of
// that stack.
func contents(t *testing.T, files map[string]string) (main, whole depend.Content) {
	t.Helper()
	m := open(t, files)
	b := (&Stack{Name: "app", Dir: "stages/app", module: m}).Builder()
	part, ok := b.Graph().Part([]string{"stages", "main"})
	if !ok {
		t.Fatal("the stage is no part")
	}
	main = b.Content(part, nil, nil)
	if again := b.Content(part, nil, nil); again != main {
		t.Error("it is another one when it is asked for again")
	}
	if filled := b.Content(part, nil, []depend.Fact{{Read: depend.Read{Axis: "os", Fact: "id"}}}); filled == main {
		t.Error("a fact makes no difference")
	}
	return main, b.WholeContent()
}
