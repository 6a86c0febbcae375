package support

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"stagecue.dev/internal/plain"
)

// sample is a matrix of axes with numbered values, of which a function tells
// which rules reject a combination.
func sample(sizes []int, rules int, rejects func([]int) []int) *Matrix {
	m := &Matrix{Stack: "s"}
	for i, n := range sizes {
		axis := Axis{Name: fmt.Sprintf("axis%d", i)}
		for j := range n {
			axis.Values = append(axis.Values, Value{Name: fmt.Sprintf("v%d", j)})
		}
		m.Axes = append(m.Axes, axis)
	}
	for i := range rules {
		m.Rules = append(m.Rules, Rule{Name: fmt.Sprintf("r%d", i), Because: strings.Repeat("word ", 30)})
	}
	m.Combinations = func(yield func([]int, []int) bool) {
		at := make([]int, len(sizes))
		var walk func(int) bool
		walk = func(i int) bool {
			if i == len(sizes) {
				return yield(at, rejects(at))
			}
			for at[i] = 0; at[i] < sizes[i]; at[i]++ {
				if !walk(i + 1) {
					return false
				}
			}
			return true
		}
		walk(0)
	}
	return m
}

// The axis with the most values makes the columns, as long as they fit.
func TestColumns(t *testing.T) {
	for _, tt := range []struct {
		sizes []int
		want  string
	}{
		{[]int{2, 5, 3}, "axis0 axis2 v0 v1 v2 v3 v4"},
		{[]int{3, 3}, "axis0 v0 v1 v2"},
		{[]int{2, 40}, "axis1 v0 v1"},
		{[]int{40, 40}, "axis0 axis1 supported"},
		{[]int{1, 1}, "supported"},
		{nil, "supported"},
	} {
		g := layout(sample(tt.sizes, 0, func([]int) []int { return nil }), Width, false, plain.Line)
		if got := strings.Join(g.head, " "); got != tt.want {
			t.Errorf("%v: %s, not %s", tt.sizes, got, tt.want)
		}
	}
}

// No line of the table or its notes is wider than a terminal.
func TestWidth(t *testing.T) {
	m := sample([]int{4, 9, 3, 1}, 3, func(at []int) []int {
		var out []int
		for r := range 3 {
			if (at[0]+at[1]*at[2])%(r+2) == 0 {
				out = append(out, r)
			}
		}
		return out
	})
	var b strings.Builder
	if err := WriteText(&b, m, true); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if len(line) > Width {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
	if !strings.Contains(b.String(), "always: axis3=v0\n") {
		t.Errorf("the axis of one value is not named:\n%s", b.String())
	}
}

// Every combination is in the JSON once, as a variant or as a rejection.
func TestJSON(t *testing.T) {
	m := sample([]int{3, 4}, 1, func(at []int) []int {
		if at[0] == at[1] {
			return []int{0}
		}
		return nil
	})
	m.Path = func(values []int) string { return fmt.Sprint(values) }
	var b strings.Builder
	if err := WriteJSON(&b, []*Matrix{m, m}); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Version int
		Stacks  []struct {
			Variants, Rejections []struct {
				Values map[string]string
				Path   string
				Rules  []string
			}
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &doc); err != nil {
		t.Fatalf("%v:\n%s", err, b.String())
	}
	if doc.Version != 1 || len(doc.Stacks) != 2 {
		t.Fatalf("version %d, %d stacks", doc.Version, len(doc.Stacks))
	}
	for _, s := range doc.Stacks {
		if len(s.Variants) != 9 || len(s.Rejections) != 3 {
			t.Errorf("%d variants and %d rejections", len(s.Variants), len(s.Rejections))
		}
		for _, v := range s.Variants {
			if v.Values["axis0"] == v.Values["axis1"] || v.Path == "" || len(v.Rules) > 0 {
				t.Errorf("no variant: %+v", v)
			}
		}
	}
}
