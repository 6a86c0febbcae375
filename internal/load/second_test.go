package load

import "testing"

// TestLoadTwice: each builder has a package of its own, be it the one that was
// read first, the one that was read beside that, or one that is read now.
func TestLoadTwice(t *testing.T) {
	m := open(t, map[string]string{"stages/app/app.cue": "package app" + stackText, "stages/b/b.cue": "package b" + stackText})
	stacks, list := m.LoadTwice(nil)
	if len(list) > 0 || len(stacks) != 2 {
		t.Fatal(describe(list...))
	}
	for _, s := range stacks {
		seen := map[any]bool{}
		for _, b := range []*Builder{s.Builder(), s.Second(), s.Builder()} {
			if list := b.Validate(); len(list) > 0 {
				t.Error(describe(list...))
			}
			seen[b.instance], seen[b.instance.Files[0]] = true, true
		}
		if len(seen) != 6 {
			t.Errorf("%s: builders have packages in common", s.Name)
		}
		if s.Second() != nil {
			t.Error("there is more than one")
		}
		s.Wait()
	}
	if stacks, _ := m.Load([]string{"app"}); stacks[0].Second() != nil {
		t.Error("nobody asked for one")
	}
}

// What nobody takes is waited for, and so is what was read beside a stack that
// is wrong.
func TestLoadTwiceInVain(t *testing.T) {
	m := open(t, map[string]string{"stages/app/app.cue": "package app" + stackText})
	stacks, _ := m.LoadTwice(nil)
	stacks[0].Wait()
	if stacks[0].Second() != nil {
		t.Error("it was not waited for")
	}
	m = open(t, map[string]string{"stages/app/app.cue": "package app\nx: ["})
	if stacks, list := m.LoadTwice(nil); len(stacks) > 0 || len(list) != 1 {
		t.Errorf("%d stacks, %s", len(stacks), describe(list...))
	}
}

// TestLoadComplete: files that CUE would pass over are noticed, and those that
// it is told to pass over are not.
func TestLoadComplete(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"other.cue", "x: 1", "stages/app/other.cue cue-load: the file has no package clause, so CUE would ignore it (start it with the package of the files beside it)"},
		{"other.cue", "@if(never)\n\npackage app\n\n_x: 1", ""},
		{"other.cue", "@ignore()\n\npackage app\n\n_x: 1", ""},
		{"_other.cue", "x: 1", ""},
		{"other_tool.cue", "package app", ""},
		{"other.txt", "x", ""},
	} {
		m := open(t, map[string]string{"stages/app/app.cue": "package app" + stackText, "stages/app/" + test.name: test.text})
		if _, list := m.Load(nil); describe(list...) != test.want {
			t.Errorf("%s: %s\n%s\nwant %s", test.name, test.text, describe(list...), test.want)
		}
	}
}
