//go:build linux

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
)

// insideEnv tells the process that runs the tests from the one that starts it.
const insideEnv = "STAGECUE_E2E_INSIDE"

// TestMain runs the tests in a second process, with mounts and process numbers of
// its own and one directory for all temporary files. However it ends, by a panic
// or ^C too, its mounts and containers end with it, and the directory is removed.
func TestMain(m *testing.M) {
	if os.Getenv(insideEnv) != "" {
		// Programs, runc above all, look for themselves in /proc.
		if err := syscall.Mount("proc", "/proc", "proc", 0, ""); err != nil {
			fmt.Fprintln(os.Stderr, "mounting /proc:", err)
			os.Exit(1)
		}
		os.Exit(m.Run())
	}
	if os.Geteuid() != 0 {
		os.Exit(m.Run())
	}
	code, err := supervise()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// supervise runs this program once more, and clears up behind it.
func supervise() (code int, err error) {
	dir, err := os.MkdirTemp("", "stagecue-e2e-")
	if err != nil {
		return 0, err
	}
	defer func() {
		if e := os.RemoveAll(dir); err == nil {
			err = e
		}
	}()
	// The other process gets ^C as well; this one has to outlive it. To ignore the
	// signal would be passed on.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	inside := exec.Command(program, os.Args[1:]...)
	inside.Stdin, inside.Stdout, inside.Stderr = os.Stdin, os.Stdout, os.Stderr
	inside.Env = append(os.Environ(), insideEnv+"=1", "TMPDIR="+dir)
	inside.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:   syscall.CLONE_NEWPID,
		Unshareflags: syscall.CLONE_NEWNS,
		Pdeathsig:    syscall.SIGKILL,
	}
	if err := inside.Run(); inside.ProcessState == nil {
		return 0, err
	}
	return inside.ProcessState.ExitCode(), nil
}
