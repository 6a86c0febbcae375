package dockerfile

import (
	"fmt"
	"testing"
)

// A memo tells all steps apart that differ in what is printed of them.
func TestMemoKeys(t *testing.T) {
	steps := []Step{
		{Instruction: Run{Shell: "ab"}},
		{Instruction: Run{Script: "ab"}},
		{Instruction: Run{Exec: []string{"ab"}}},
		{Instruction: Run{Exec: []string{"a", "b"}}},
		{Instruction: Run{Exec: []string{"ab", ""}}},
		{Instruction: Run{Shell: "ab", Mounts: []Mount{{Type: "ssh"}}}},
		{Instruction: Run{Shell: "ab", Mounts: []Mount{{Type: "ssh", UID: ptr(0)}}}},
		{Instruction: Run{Shell: "ab", Mounts: []Mount{{Type: "ssh", UID: ptr(1)}}}},
		{Instruction: Run{Shell: "ab", Mounts: []Mount{{Type: "ssh", GID: ptr(0)}}}},
		{Instruction: Run{Shell: "ab"}, Description: "ab"},
		{Instruction: Run{Shell: "ab"}, Check: []string{"ab"}},
		{Instruction: User{"ab"}},
		{Instruction: Workdir{"ab"}},
		{Instruction: Cmd{Command{Shell: "ab"}}},
		{Instruction: Entrypoint{Command{Shell: "ab"}}},
		{Instruction: Entrypoint{}},
		{Instruction: Entrypoint{Command{Exec: []string{}}}},
		{Instruction: OnBuild{User{"ab"}}},
		{Instruction: OnBuild{Workdir{"ab"}}},
		{Instruction: OnBuild{}},
		{Instruction: Add{}},
		{Instruction: Add{Unpack: ptr(false)}},
		{Instruction: Add{Unpack: ptr(true)}},
		{},
	}
	seen := map[string]string{}
	for n, p := range new(Memo).find(Stage{Steps: steps}) {
		it := fmt.Sprintf("piece %d", n)
		if other, taken := seen[p.key]; taken {
			t.Errorf("%s has the key of %s", it, other)
		}
		seen[p.key] = it
	}
}

// What has been read back once is taken as it is, wherever it stands; what is
// wrong with a stage is not.
func TestMemo(t *testing.T) {
	m := new(Memo)
	first := Stage{Name: "a", From: "x:1", Steps: []Step{{Instruction: User{"b"}}, {Instruction: Run{Shell: "c", Security: "insecure"}}}}
	second := Stage{Name: "a", From: "x:1", Description: "not the same", Steps: []Step{
		{Instruction: Run{Shell: "d"}, Origin: Origin{Stage: "a", Path: "steps[0]"}},
		{Instruction: Run{Shell: "c", Security: "insecure"}, Origin: Origin{Stage: "a", Path: "steps[1]"}},
	}}
	known := func(s Stage) (out []bool) {
		for _, p := range m.find(s) {
			out = append(out, p.piece != nil)
		}
		return out
	}
	section := m.Section(&File{}, first)
	if got := fmt.Sprint(known(first), known(second)); got != "[true true true] [false false true]" {
		t.Errorf("known are %s", got)
	}
	if section.Problems != nil || section.err != nil {
		t.Errorf("%v, %v", section.Problems, section.err)
	}
	again := m.Section(&File{}, second)
	if version, _, by := requiredBy(&File{}, []*Section{again}); version != "1.20" || by.Origin != second.Steps[1].Origin {
		t.Errorf("%s is needed by %v", version, by.Origin)
	}
	lines := again.traced(&File{})
	if last := lines[len(lines)-1]; len(lines) != again.lines || last.Origin != second.Steps[1].Origin {
		t.Errorf("the last line is from %v", last.Origin)
	}
	broken := Stage{Name: "a", From: "x:1", Steps: []Step{{Instruction: User{"e"}}, {Instruction: User{""}}}}
	for range 2 {
		if got := len(m.Section(&File{}, broken).Problems); got != 1 {
			t.Errorf("%d problems", got)
		}
	}
	if got := fmt.Sprint(known(broken)); got != "[true false false]" {
		t.Errorf("known are %s", got)
	}
}
