package cli

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestShowsProgress(t *testing.T) {
	for _, test := range []struct {
		name     string
		terminal bool
		app      app
		term     string
		want     bool
	}{
		{"terminal", true, app{format: "text"}, "xterm", true},
		{"no TERM, as on Windows", true, app{format: "text"}, "", true},
		{"no terminal", false, app{format: "text"}, "xterm", false},
		{"quiet", true, app{format: "text", quiet: true}, "xterm", false},
		{"json", true, app{format: "json"}, "xterm", false},
		{"github", true, app{format: "github"}, "xterm", false},
		{"dumb terminal", true, app{format: "text"}, "dumb", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.app.getenv = func(string) string { return test.term }
			if got := test.app.showsProgress(test.terminal); got != test.want {
				t.Errorf("%t", got)
			}
		})
	}
}

func TestProgressText(t *testing.T) {
	for _, test := range []struct {
		stack       string
		done, total int
		want        string
	}{
		{"", 0, 0, "reading the stacks"},
		{"inference", 0, 0, "inference: reading the matrix"},
		{"inference", 0, 1, "inference: 0 of 1 variant"},
		{"inference", 12, 18, "inference: 12 of 18 variants"},
	} {
		if got := progressText(test.stack, test.done, test.total); got != test.want {
			t.Errorf("%q, not %q", got, test.want)
		}
	}
}

func TestEvery(t *testing.T) {
	for _, test := range []struct {
		runs  time.Duration
		drawn int
	}{
		{0, 0},
		{progressAfter - 1, 0},
		{progressAfter + 1, 1},
		{progressAfter + 3*progressEvery + 1, 4},
	} {
		synctest.Test(t, func(t *testing.T) {
			drawn, cleared := 0, 0
			stop := every(func() { drawn++ }, func() { cleared++ })
			time.Sleep(test.runs)
			stop()
			if drawn != test.drawn || cleared != 1 {
				t.Errorf("after %v it has drawn %d times and cleared %d times", test.runs, drawn, cleared)
			}
		})
	}
}

func TestStatusLine(t *testing.T) {
	for _, test := range []struct {
		name  string
		width int
		shows []string
		want  string
	}{
		{"nothing shown", 80, nil, ""},
		{"one", 80, []string{"one"}, "\rone|\r     \r"},
		{"longer", 80, []string{"one", "three"}, "\rone|\rthree|\r       \r"},
		{"shorter", 80, []string{"three", "one"}, "\rthree|\rone  |\r     \r"},
		{"the same", 80, []string{"one", "one"}, "\rone||\r     \r"},
		{"narrow", 5, []string{"three"}, "\rthre|\r    \r"},
		{"wide characters", 6, []string{"段階的"}, "\r段階|\r     \r"},
		{"no width", 0, []string{strings.Repeat("x", 100)}, "\r" + strings.Repeat("x", 79) + "|\r" + strings.Repeat(" ", 79) + "\r"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			line := &statusLine{out: &out, width: test.width}
			for _, text := range test.shows {
				line.show(text)
				out.WriteByte('|')
			}
			line.clear()
			if out.String() != test.want {
				t.Errorf("%q, not %q", out.String(), test.want)
			}
		})
	}
}
