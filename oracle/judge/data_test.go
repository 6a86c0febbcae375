package judge

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestReadImages(t *testing.T) {
	for _, test := range []struct{ name, text, err string }{
		{"good", `{"ubuntu:24.04": {"platforms": ["linux/amd64"], "env": {"A": "b"}, "source": "x"}}`, ""},
		{"no tag", `{"ubuntu": {"platforms": ["linux/amd64"], "source": "x"}}`, "neither tag nor digest"},
		{"twice", `{"ubuntu:1": {"platforms": ["linux/amd64"], "source": "x"}, "docker.io/library/ubuntu:1": {"platforms": ["linux/amd64"], "source": "x"}}`, "stands there twice"},
		{"no platform", `{"ubuntu:24.04": {"source": "x"}}`, "has no platforms"},
		{"misspelt platform", `{"ubuntu:24.04": {"platforms": ["linux/x86"], "source": "x"}}`, `"linux/x86" is none of`},
		{"no source", `{"ubuntu:24.04": {"platforms": ["linux/amd64"]}}`, "does not say where it is known from"},
		{"misspelt key", `{"ubuntu:24.04": {"platform": ["linux/amd64"], "source": "x"}}`, `unknown field "platform"`},
		{"two values", `{} {}`, "more than one value"},
	} {
		t.Run(test.name, func(t *testing.T) {
			images, err := ReadImages(write(t, test.text))
			wantError(t, err, test.err)
			if _, ok := images["docker.io/library/ubuntu:24.04"]; err == nil && !ok {
				t.Errorf("the reference is not normalized: %v", images)
			}
		})
	}
}

func TestReadLimits(t *testing.T) {
	for _, test := range []struct{ name, text, err string }{
		{"good", `[{"dockerfiles": "a/*", "platforms": ["linux/amd64"], "because": "x"}]`, ""},
		{"no reason", `[{"dockerfiles": "a/*", "platforms": ["linux/amd64"]}]`, "does not say why"},
		{"no limit", `[{"dockerfiles": "a/*", "platforms": ["linux/amd64", "linux/arm64"], "because": "x"}]`, "is no limit"},
		{"no platforms", `[{"dockerfiles": "a/*", "because": "x"}]`, "is no limit"},
		{"misspelt platform", `[{"dockerfiles": "a/*", "platforms": ["linux/amd"], "because": "x"}]`, `"linux/amd" is none of`},
		{"broken pattern", `[{"dockerfiles": "a/[", "platforms": ["linux/amd64"], "because": "x"}]`, "syntax error in pattern"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadLimits(write(t, test.text))
			wantError(t, err, test.err)
		})
	}
}

func TestServed(t *testing.T) {
	limits := []Limit{{Dockerfiles: "stack/xpu-*", Platforms: []string{"linux/amd64"}}}
	if got := Served(limits, "stack/xpu-1"); !slices.Equal(got, []string{"linux/amd64"}) {
		t.Errorf("a limited Dockerfile serves %q", got)
	}
	if got := Served(limits, "stack/deeper/xpu-1"); !slices.Equal(got, Platforms()) {
		t.Errorf("another Dockerfile serves %q", got)
	}
	if got := limits[0].Missing(); !slices.Equal(got, []string{"linux/arm64"}) {
		t.Errorf("the limit takes %q away", got)
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "data.json")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("error %v", err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("error is %v, want one with %q", err, want)
	}
}
