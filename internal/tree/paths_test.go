package tree

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

func TestCheckPath(t *testing.T) {
	for _, good := range []string{
		"a/Dockerfile", "vllm/cuda13.0-ubuntu24.04/Dockerfile", ".hidden", "console/x", "con-fig", "com", "com10/x", "null", "a b/c", "ä/世", "it's",
		strings.Repeat("x", 255), "a+b", "~", "lpt", "x.con",
	} {
		if why := CheckPath(good); why != "" {
			t.Errorf("%s: %s", good, why)
		}
	}
	for bad, want := range map[string]string{
		"": "no path below", ".": "no path below", "..": "no path below", "a/../b": "no path below", "a//b": "no path below", "a/": "no path below",
		"/a": "absolute", "C:/a": "not allow", `a\b`: "not allow", "a:b": "not allow", "a?": "not allow", "*": "not allow", `"`: "not allow",
		"a|b": "not allow", "<a>": "not allow", "a\x01": "not allow", "a\nb": "not allow", "a\x7f": "not allow",
		"CON": "reserves", "a/nul/b": "reserves", "aux.txt": "reserves", "Com1.tar.gz": "reserves", "LPT9": "reserves", "COM¹": "reserves",
		"prn .txt": "reserves", "conin$": "reserves",
		"a./b": "drops", "a/b ": "drops", "...": "drops",
		strings.Repeat("x", 256): "longer than 255", strings.Repeat("ä", 128): "longer than 255", "a\xff": "no UTF-8",
	} {
		if why := CheckPath(bad); !strings.Contains(why, want) {
			t.Errorf("%q: %q, want %q", bad, why, want)
		}
	}
}

func TestCheckPaths(t *testing.T) {
	for _, tt := range []struct {
		name  string
		paths []string
		want  string
	}{
		{"fine", []string{"b/Dockerfile", "a/Dockerfile", "a/README.md", "A.md"}, ""},
		{"same", []string{"a/x", "a/x"}, "a/x: two files have this path (a/x)"},
		{"case", []string{"app/debian", "app/Debian"}, "app/debian: macOS and Windows take it for the same file as app/Debian (app/Debian)"},
		{"three", []string{"a", "A", "b", "B"}, "a: macOS and Windows take it for the same file as A (A); b: macOS and Windows take it for the same file as B (B)"},
		{"sharp s", []string{"straße", "STRASSE"}, "straße: macOS and Windows take it for the same file as STRASSE (STRASSE)"},
		{"composed", []string{"caf\u00e9", "cafe\u0301"}, "caf\u00e9: macOS and Windows take it for the same file as cafe\u0301 (cafe\u0301)"},
		{"directory", []string{"App/x", "app/y"}, "app/y: macOS and Windows take app for the same directory as App (App/x)"},
		{"inner directory", []string{"s/B/x", "s/b/y"}, "s/b/y: macOS and Windows take s/b for the same directory as s/B (s/B/x)"},
		{"file in a file", []string{"a", "a/b"}, "a/b: one of its directories is the file a as well (a)"},
		{"file in a file, by case", []string{"a/b", "A/b/c"}, "a/b: it is a directory of A/b/c as well (A/b/c)"},
		{"alone", []string{"b/nul", "a"}, `b/nul: Windows reserves the name "nul" ()`},
		{"a bad one collides with nothing", []string{"nul", "NUL"}, `NUL: Windows reserves the name "NUL" (); nul: Windows reserves the name "nul" ()`},
	} {
		var got []string
		for _, p := range CheckPaths(tt.paths) {
			got = append(got, fmt.Sprintf("%s: %s (%s)", p.Path, p.Reason, p.Other))
		}
		if text := strings.Join(got, "; "); text != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, text, tt.want)
		}
	}
}

func TestWantedInOtherCase(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("here, file systems have no cases themselves")
	}
	// A hard link stands for what a file system without cases does: two names
	// of one file.
	root := module(t, map[string]string{"generated/App/Dockerfile": ours("app/Dockerfile")})
	c := comparison{root: root, folded: map[string]string{fold("app/Dockerfile"): "app/Dockerfile"}}
	if c.wantedInOtherCase("App/Dockerfile") || c.wantedInOtherCase("App/Other") {
		t.Error("here, these are other files")
	}
	hardLink(t, root, "App/Dockerfile", "app/Dockerfile")
	if !c.wantedInOtherCase("App/Dockerfile") {
		t.Error("the wanted file would be removed")
	}
}
