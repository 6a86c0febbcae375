package dockerfile

import "testing"

// A value is expanded if all of its variables are known, and else left alone.
func TestExpand(t *testing.T) {
	known := map[string]string{"A": "1", "EMPTY": "", "Q": `a"b`}
	for _, tt := range []struct {
		value, want string
		certain     bool
	}{
		{"x", "x", true},
		{"$A-${A}", "1-1", true},
		{`\$A`, "$A", true},
		{"${EMPTY:-x}${A:+y}", "xy", true},
		{"${Q}", `a"b`, true},
		{`"$A"`, `"1"`, true},
		{"$A-$B", "$A-$B", false},
		{"${A:-$B}", "${A:-$B}", false},
		{"${A", "${A", false},
		{"5$", "5$", true},
	} {
		got, certain := Expand(tt.value, func(name string) (string, bool) {
			v, ok := known[name]
			return v, ok
		})
		if got != tt.want || certain != tt.certain {
			t.Errorf("%s: %s, %v", tt.value, got, certain)
		}
	}
}
