package judge

import (
	"maps"
	"strings"
	"testing"
)

// digests are those of a Dockerfile that is fine.
func digests(t *testing.T, text string) map[Judgement]string {
	t.Helper()
	v := Dockerfile(t.Context(), []byte(text), known, Platforms())
	for _, c := range v.Complaints {
		t.Fatal(c)
	}
	if len(v.Digests) != len(v.Judgements) {
		t.Fatalf("%d digests of %d judgements", len(v.Digests), len(v.Judgements))
	}
	return v.Digests
}

// TestSameMeaning changes what has no bearing on what is built.
func TestSameMeaning(t *testing.T) {
	want := digests(t, good)
	if again := digests(t, good); !maps.Equal(want, again) {
		t.Fatalf("the same text has other digests: %v, %v", want, again)
	}
	for _, test := range []struct{ name, old, new string }{
		{"comment", "# VERSION is the release to build", "# VERSION is the release to be built"},
		{"comment above an instruction", "RUN make", "# Compile.\nRUN make"},
		{"blank lines", "RUN make\n", "\nRUN   make\n\n"},
		{"quotes", "ENV LD_LIBRARY_PATH=/opt/lib:$LD_LIBRARY_PATH", `ENV LD_LIBRARY_PATH="/opt/lib:${LD_LIBRARY_PATH}"`},
		{"continuation", "COPY --link --from=builder", "COPY --from=builder \\\n    --link"},
		{"value of an argument, written out", "FROM ubuntu:${VERSION} AS extra", "FROM ubuntu:24.04 AS extra"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for j, digest := range digests(t, replace(t, test.old, test.new)) {
				if digest != want[j] {
					t.Errorf("%v is another: %s, not %s", j, digest, want[j])
				}
			}
		})
	}
}

// TestOtherMeaning changes something of one stage: it and what is made of it
// are others, and nothing else is.
func TestOtherMeaning(t *testing.T) {
	before := digests(t, good)
	for _, test := range []struct {
		name, old, new string
		// changed are the targets that are to be others.
		changed string
	}{
		{"command", "RUN make", "RUN make all", "builder runtime default"},
		{"directory", "WORKDIR /src", "WORKDIR /source", "builder runtime default"},
		{"link", "COPY --link --from", "COPY --from", "runtime default"},
		{"variable", "ENV LD_LIBRARY_PATH=/opt/lib:", "ENV LD_LIBRARY_PATH=/opt/lib64:", "runtime default"},
		{"mount", "from=builder,target=/b", "from=builder,target=/b,readwrite", "runtime default"},
		{"image", "FROM ubuntu:${VERSION} AS extra", "FROM example.com/cuda:13.0 AS extra", "extra"},
		{"command of the image", "RUN --mount", "CMD [\"true\"]\nRUN --mount", "runtime default"},
		{"user", "RUN --mount", "USER nobody\nRUN --mount", "runtime default"},
		{"label", "AS extra\n", "AS extra\nLABEL a=b\n", "extra"},
		{"default target", "FROM runtime\n", "FROM builder\n", "default"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for j, digest := range digests(t, replace(t, test.old, test.new)) {
				name := j.Target
				if name == "" {
					name = "default"
				}
				changed := strings.Contains(" "+test.changed+" ", " "+name+" ")
				if (digest != before[j]) != changed {
					t.Errorf("%v: %s and %s; want a change: %v", j, before[j], digest, changed)
				}
			}
		})
	}
}

func replace(t *testing.T, old, new string) string {
	t.Helper()
	if strings.Count(good, old) != 1 {
		t.Fatalf("%q stands %d times in the Dockerfile", old, strings.Count(good, old))
	}
	return strings.Replace(good, old, new, 1)
}
