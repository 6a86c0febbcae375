package header

import "testing"

func TestStack(t *testing.T) {
	first := "# " + From("stages/a/b") + "\n"
	for _, tt := range []struct {
		text, name, variant string
		ok                  bool
	}{
		{first + "# " + Variant("os=x cuda=y") + "\n\nFROM x\n", "a/b", "os=x cuda=y", true},
		{"# syntax=docker/dockerfile:1.20\n" + first + "FROM x\n", "a/b", "", true},
		{"# Variant: os=x\nFROM x\n", "", "", false},
		{"FROM x\nRUN echo '" + Marker + "'\n", "", "", false},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n" + first, "", "", false},
		{"", "", "", false},
	} {
		if name, variant, ok := Stack(tt.text); name != tt.name || variant != tt.variant || ok != tt.ok {
			t.Errorf("%q: %q, %q, %v", tt.text, name, variant, ok)
		}
	}
}
