package testscripts

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestProgress looks at gen through a terminal: after a while it says how far
// it is, and the interrupt leaves nothing of that behind.
func TestProgress(t *testing.T) {
	dir := hugeModule(t)
	before := state(t, dir)
	master, terminal := openTerminal(t)
	cmd := exec.Command("stagecue", "gen", "--color", "never")
	cmd.Dir, cmd.Stdin, cmd.Stderr = dir, terminal, terminal
	cmd.Env = append(os.Environ(), "TERM=xterm")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	terminal.Close()
	shown := regexp.MustCompile(`\rapp: [1-9]\d* of 100000 variants`)
	var screen strings.Builder
	interrupted := false
	for buffer := make([]byte, 1<<10); ; {
		n, err := master.Read(buffer)
		screen.Write(buffer[:n])
		if err != nil {
			break // the other side is closed
		}
		if !interrupted && shown.MatchString(screen.String()) {
			interrupted = true
			// Ctrl-C, as the terminal sees it.
			if _, err := master.Write([]byte{3}); err != nil {
				t.Error(err)
			}
		}
	}
	wantExit(t, cmd, 3)
	if !interrupted {
		t.Errorf("it shows no progress: %q", screen.String())
	}
	if !regexp.MustCompile(`\r +\rerror\[io\]: stopped: interrupt signal received\r\n$`).MatchString(screen.String()) {
		t.Errorf("the end is not as it should be: %q", screen.String())
	}
	if after := state(t, dir); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

// openTerminal makes a pseudo-terminal of 80 columns.
func openTerminal(t *testing.T) (master, terminal *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("there are no pseudo-terminals: %v", err)
	}
	t.Cleanup(func() { master.Close() })
	fd := int(master.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}); err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, terminal
}
