package report

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// On a terminal, colour is on unless the environment says otherwise.
func TestTerminal(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("there are no pseudo-terminals: %v", err)
	}
	defer terminal.Close()
	if err := unix.IoctlSetWinsize(int(terminal.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 97}); err != nil {
		t.Fatal(err)
	}
	if got := Width(terminal); got != 97 {
		t.Errorf("the terminal is %d columns wide", got)
	}
	for _, tt := range []struct {
		mode string
		env  map[string]string
		want bool
	}{
		{"auto", nil, true},
		{"auto", map[string]string{"TERM": "xterm", "NO_COLOR": ""}, true},
		{"auto", map[string]string{"NO_COLOR": "1"}, false},
		{"auto", map[string]string{"TERM": "dumb"}, false},
		{"never", nil, false},
	} {
		got, err := UseColor(tt.mode, terminal, func(name string) string { return tt.env[name] })
		if err != nil || got != tt.want {
			t.Errorf("%s %v: %v, %v", tt.mode, tt.env, got, err)
		}
	}
}
