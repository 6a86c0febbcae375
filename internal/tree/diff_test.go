package tree

import (
	"strings"
	"testing"

	"stagecue.dev/internal/rope"
)

func TestDiff(t *testing.T) {
	for _, tt := range []struct {
		name    string
		changes []Change
		want    string
	}{
		{"nothing", nil, ""},
		{"not in the diff", []Change{{Path: "a", Kind: Foreign}, {Path: "b", Kind: Symlink}}, ""},
		{
			"modified", []Change{{Path: "a/Dockerfile", Kind: Modified, Old: []byte("1\n2\n3\n"), New: rope.Of("1\nx\n3\n")}},
			"--- generated/a/Dockerfile\n+++ generated/a/Dockerfile\n@@ -1,3 +1,3 @@\n 1\n-2\n+x\n 3\n",
		},
		{
			"missing", []Change{{Path: "a", Kind: Missing, New: rope.Of("1\n2\n")}},
			"--- /dev/null\n+++ generated/a\n@@ -0,0 +1,2 @@\n+1\n+2\n",
		},
		{
			"orphan", []Change{{Path: "a", Kind: Orphan, Old: []byte("1\n")}},
			"--- generated/a\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n",
		},
		{
			"in the way", []Change{{Path: "a", Kind: InTheWay, Old: []byte("1\n"), New: rope.Of("2\n")}},
			"--- generated/a\n+++ generated/a\n@@ -1,1 +1,1 @@\n-1\n+2\n",
		},
		{
			"several", []Change{{Path: "a", Kind: Missing, New: rope.Of("1\n")}, {Path: "b", Kind: Foreign}, {Path: "c", Kind: Orphan, Old: []byte("2\n")}},
			"--- /dev/null\n+++ generated/a\n@@ -0,0 +1,1 @@\n+1\n--- generated/c\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-2\n",
		},
		{
			"CRLF", []Change{{Path: "a", Kind: Modified, Old: []byte("1\r\n2\n"), New: rope.Of("1\n2\n")}},
			"--- generated/a\n+++ generated/a\n@@ -1,2 +1,2 @@\n-1\\r\n+1\n 2\n",
		},
		{
			"no line end", []Change{{Path: "a", Kind: Modified, Old: []byte("1"), New: rope.Of("1\n")}},
			"--- generated/a\n+++ generated/a\n@@ -1,1 +1,1 @@\n-1\n\\ No newline at end of file\n+1\n",
		},
		{
			"what a terminal would obey", []Change{{Path: "a", Kind: InTheWay, Old: []byte("\ufeff\x1b[2J\xff\t\u202e\n"), New: rope.Of("ä → 世\n")}},
			"--- generated/a\n+++ generated/a\n@@ -1,1 +1,1 @@\n-\\ufeff\\x1b[2J\\xff\t\\u202e\n+ä → 世\n",
		},
		{
			"empty", []Change{{Path: "a", Kind: Orphan, Old: []byte{}}},
			"--- generated/a\n+++ /dev/null\n",
		},
		{
			"escaped form in the text", []Change{{Path: "a", Kind: Modified, Old: []byte("1\r\n"), New: rope.Of("1\\r\n")}},
			"--- generated/a\n+++ generated/a\n",
		},
	} {
		if got := string(Diff(tt.changes, "generated/")); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("a\r\n", "b\n")
	f.Fuzz(func(t *testing.T, old, new string) {
		text := string(Diff([]Change{{Path: "a", Kind: Modified, Old: []byte(old), New: rope.Of(new)}}, ""))
		if !strings.HasPrefix(text, "--- a\n+++ a\n") {
			t.Errorf("no header: %q", text)
		}
		if i := strings.IndexFunc(text, func(r rune) bool { return isControl(r) && r != '\n' && r != '\t' }); i >= 0 {
			t.Errorf("raw control character: %q", text[i:])
		}
	})
}
