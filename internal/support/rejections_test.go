package support

import "testing"

// What a rule rejects is said in as few words as values that fare alike allow.
func TestRejected(t *testing.T) {
	all := func(rejects func(at []int) bool) func(int, []int) bool {
		return func(_ int, at []int) bool { return rejects(at) }
	}
	for _, tt := range []struct {
		name    string
		sizes   []int
		axes    []int
		rejects func(at []int) bool
		want    string
	}{
		{"nothing", []int{2, 2}, []int{0, 1}, func([]int) bool { return false }, ""},
		{"one value", []int{3, 2}, []int{0}, func(at []int) bool { return at[0] == 1 }, "axis0 v1"},
		{"a block", []int{3, 3}, []int{0, 1}, func(at []int) bool { return at[0] > 0 && at[1] < 2 }, "axis0 v1, v2 and axis1 v0, v1"},
		{"all of an axis", []int{2, 3}, []int{0, 1}, func(at []int) bool { return at[0] == 1 }, "axis0 v1 and any axis1"},
		{"two blocks", []int{2, 2}, []int{0, 1}, func(at []int) bool { return at[0] == at[1] }, "axis0 v0 and axis1 v0; nor with axis0 v1 and axis1 v1"},
		{"a diagonal", []int{9, 9}, []int{0, 1}, func(at []int) bool { return at[0] == at[1] }, "many choices of axis0, axis1"},
		{"everything", []int{2, 2}, nil, func([]int) bool { return true }, ""},
	} {
		m := sample(tt.sizes, 1, func([]int) []int { return nil })
		m.Rules[0].Axes, m.Rejects = tt.axes, all(tt.rejects)
		got, rejects := m.rejected(0)
		if got != tt.want || rejects != (tt.name != "nothing") {
			t.Errorf("%s: %q, %v", tt.name, got, rejects)
		}
	}
	// Nobody tries a million choices.
	m := sample([]int{1000, 1000}, 1, func([]int) []int { return nil })
	m.Rules[0].Axes, m.Rejects = []int{0, 1}, func(int, []int) bool { panic("it is asked") }
	if what, rejects := m.rejected(0); what != "" || !rejects {
		t.Errorf("%q, %v", what, rejects)
	}
}
