package dockerfile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOutline(t *testing.T) {
	const text = `# syntax=docker/dockerfile:1.7
ARG V=1
ARG W

FROM --platform=linux/amd64 debian:$V AS Base
# A comment.
RUN --mount=type=bind,from=other,target=/x --network=none \
    one && \
    # a comment in between
    two
RUN <<"EOF"
set -e

three
EOF
COPY --from=base --chown=a:b <<x /y
z
x

FROM base
add a /b
`
	o, err := ReadOutline([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	fmt.Fprintln(&got, o.Args)
	for _, s := range o.Stages {
		fmt.Fprintf(&got, "%d-%d %q %q %q\n", s.Line, s.EndLine, s.Name, s.From, s.Platform)
		for _, i := range s.Instructions {
			fmt.Fprintf(&got, "  %d-%d %s %q %v\n", i.Line, i.EndLine, i.Keyword, i.Text, i.From)
		}
	}
	if want := `map[V:1]
5-18 "base" "debian:$V" "linux/amd64"
  7-10 RUN "RUN one && two" [other]
  11-15 RUN "RUN <<\"EOF\" three" []
  16-18 COPY "COPY <<x /y" [base]
20-21 "" "base" ""
  21-21 ADD "add a /b" []
`; got.String() != want {
		t.Errorf("%s\nwant\n%s", got.String(), want)
	}
	for _, bad := range []string{"", "RUN x\n", "FROM a:1\nRUNN x\n", "FROM a:1\nRUN --mount=type=none x\n", "FROM\n"} {
		if _, err := ReadOutline([]byte(bad)); err == nil {
			t.Errorf("%q has an outline", bad)
		}
	}
}

// What makes an instruction another one is in its key, and comments are not.
func TestOutlineKey(t *testing.T) {
	key := func(text string) string {
		o, err := ReadOutline([]byte("FROM a:1\n" + text + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		return o.Stages[0].Instructions[0].Key
	}
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"RUN a && b", "RUN a && c", false},
		{"RUN a && b", "RUN a && \\\n# a comment\nb", true},
		{"RUN a && b", "RUN --network=none a && b", false},
		{"RUN a && b", "RUN <<x\na && b\nx", false},
		{"RUN <<x\na\nx", "RUN <<x\nb\nx", false},
	} {
		if got := key(tt.a) == key(tt.b); got != tt.same {
			t.Errorf("%q and %q: %t", tt.a, tt.b, got)
		}
	}
}

// Every Dockerfile of the repository has an outline, with the stages that it has.
func TestOutlineOfRepository(t *testing.T) {
	n := 0
	err := filepath.WalkDir("../../generated", func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.Name() != "Dockerfile" {
			return err
		}
		n++
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		o, err := ReadOutline(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		lines := strings.Split(string(text), "\n")
		for _, s := range o.Stages {
			if !strings.HasPrefix(lines[s.Line-1], "FROM ") {
				t.Errorf("%s:%d: %s", name, s.Line, lines[s.Line-1])
			}
			for _, i := range s.Instructions {
				if !strings.HasPrefix(lines[i.Line-1], i.Keyword+" ") {
					t.Errorf("%s:%d: %s", name, i.Line, lines[i.Line-1])
				}
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Errorf("%d Dockerfiles: %v", n, err)
	}
}
