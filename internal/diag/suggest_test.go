package diag

import "testing"

func TestNearest(t *testing.T) {
	stages := []string{"runtime", "wheel_builder", "dev", "dex"}
	for _, tt := range []struct {
		name  string
		known []string
		want  string
	}{
		{"wheel_bilder", stages, "wheel_builder"},
		{"weel_bilder", stages, "wheel_builder"},
		{"weel_bilde", stages, ""},
		{"runtmie", stages, "runtime"},
		{"Runtime", stages, "runtime"},
		{"run", stages, ""},
		// Two letters that changed places are one slip, also in a short name.
		{"form", []string{"from"}, "from"},
		{"cpoy", []string{"cmd", "copy"}, "copy"},
		{"fmor", []string{"from"}, ""},
		{"si", []string{"is"}, ""},
		// Of several that are as near, the first.
		{"de", stages, "dev"},
		{"dez", stages, "dev"},
		// Of short names, everything is near.
		{"a", []string{"b"}, ""},
		{"os", []string{"id"}, ""},
		{"cpu", []string{"gpu"}, "gpu"},
		// The length is that of the characters, not of their bytes.
		{"日本", []string{"ab"}, ""},
		{"", stages, ""},
		{"runtime", nil, ""},
		{"", nil, ""},
	} {
		if got := Nearest(tt.name, tt.known); got != tt.want {
			t.Errorf("nearest to %q of %q is %q, want %q", tt.name, tt.known, got, tt.want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	if got, want := DidYouMean("pyhton", []string{"pip", "python"}), `did you mean "python"?`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := DidYouMean("something", []string{"pip", "python"}); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
}
