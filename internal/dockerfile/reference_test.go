package dockerfile

import (
	"strings"
	"testing"
)

func TestSplitReference(t *testing.T) {
	for _, tt := range [][4]string{
		{"debian:12", "debian", "12", ""},
		{"debian", "debian", "", ""},
		{"localhost:5000/a/b", "localhost:5000/a/b", "", ""},
		{"localhost:5000/a/b:1", "localhost:5000/a/b", "1", ""},
		{"a@sha256:12", "a", "", "sha256:12"},
		{"r.example.com/a:1@sha256:12", "r.example.com/a", "1", "sha256:12"},
		{"a:${B}-x", "a", "${B}-x", ""},
	} {
		repository, tag, digest := SplitReference(tt[0])
		if repository != tt[1] || tag != tt[2] || digest != tt[3] {
			t.Errorf("%s: %q %q %q", tt[0], repository, tag, digest)
		}
	}
}

func TestTagInputs(t *testing.T) {
	for _, tt := range []struct {
		tag, names string
		ok         bool
	}{
		{"1.0", "", true},
		{"${A}", "A", true},
		{"1-${A}.${B_2}x", "A B_2", true},
		{"$A", "", false},
		{"1-${A}$B", "A", false},
		{"${A", "", false},
		{"${}", "", false},
		{"${1}", "", false},
		{"${A:-b}", "", false},
		{"a}", "", false},
		{"{a", "", false},
	} {
		names, ok := TagInputs(tt.tag)
		if strings.Join(names, " ") != tt.names || ok != tt.ok {
			t.Errorf("%s: %v %t", tt.tag, names, ok)
		}
	}
}
