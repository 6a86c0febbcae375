// Package cli is the command line: verbs, flags, streams and exit codes. One
// file holds one verb.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/plain"
)

// The exit codes.
const (
	// ExitOK: done, nothing to report.
	ExitOK = 0
	// ExitFindings: findings, or generated files that have drifted.
	ExitFindings = 1
	// ExitUsage: the command line makes no sense.
	ExitUsage = 2
	// ExitTrouble: the run could not be finished (I/O, an internal failure).
	ExitTrouble = 3
)

// errReported ends a run whose trouble has been printed already.
type errReported struct{ code int }

func (e errReported) Error() string { return fmt.Sprintf("exit %d", e.code) }

// grace is how long a run may take to end by itself after a signal.
const grace = 500 * time.Millisecond

// Main runs the command with its arguments and returns the exit code. It ends at
// the latest a moment after the first SIGINT or SIGTERM, whatever the run is
// doing then; only a run that is replacing files finishes that.
func Main(args []string, stdout, stderr io.Writer, getenv func(string) string) int {
	// A reader that has gone away is an error of the write, and not a signal that
	// ends the process in the middle of something.
	signal.Ignore(syscall.SIGPIPE)
	// Verbs that compile stop when ctx is done. Others print a little, or write
	// a few files, and are not to be ended half-way.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	out, errs := &stream{to: stdout}, &stream{to: stderr}
	a := &app{stdout: out, stderr: errs, getenv: getenv, release: stop, replacing: new(sync.Mutex)}
	done := make(chan int, 1)
	go func() { done <- a.run(ctx, args) }()
	var code int
	select {
	case code = <-done:
	case <-ctx.Done():
		code = a.stopping(ctx, done)
	}
	return unwritten(code, out, errs)
}

// stopping waits for the run to end after a signal. CUE cannot be interrupted in
// the middle of an evaluation, so it does not wait for long.
func (a *app) stopping(ctx context.Context, done <-chan int) int {
	for {
		select {
		case code := <-done:
			return code
		case <-time.After(grace):
			// Once it has the lock, no file is replaced any more.
			if !a.replacing.TryLock() {
				continue
			}
			said := make(chan struct{})
			go func() {
				defer close(said)
				a.report(trouble("stopped", context.Cause(ctx)), nil)
			}()
			select {
			case <-said:
			case <-time.After(grace / 2): // nobody reads standard error
			}
			return ExitTrouble
		}
	}
}

// run runs the command and returns the exit code.
func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if failure := recover(); failure != nil {
			code = a.crash(failure, a.getenv("STAGECUE_DEBUG") != "")
		}
	}()
	root := a.root()
	root.SetArgs(args)
	root.SetOut(plain.Writer{To: a.stdout})
	root.SetErr(plain.Writer{To: a.stderr})
	err := root.ExecuteContext(ctx)
	var reported errReported
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &reported):
		return reported.code
	case errors.Is(err, errUnwritten):
		return ExitTrouble
	}
	// What is left comes from cobra: unknown verbs, flags and their values.
	fmt.Fprintf(a.stderr, "stagecue: %s\nRun `stagecue --help` for usage.\n", usage(err))
	return ExitUsage
}

// suggestions are the lines that cobra puts below an unknown verb.
var suggestions = regexp.MustCompile(`\n\nDid you mean this\?\n(?:\t[a-z]+\n)+$`)

// usage is what is wrong with a command line, on one line but for suggestions.
func usage(err error) string {
	text := err.Error()
	lines := suggestions.FindString(text)
	return plain.Line(strings.TrimSuffix(text, lines)) + lines
}

// crash reports a panic, a library's included, as one finding.
func (a *app) crash(failure any, verbose bool) int {
	d := diag.Diagnostic{
		Code: diag.CodeInternal, Severity: diag.Error,
		Message: fmt.Sprintf("stagecue failed: %v", failure),
		Help:    "please report this, with the input that causes it; STAGECUE_DEBUG=1 prints where it happened",
	}
	a.report(diag.List{d}, nil)
	if verbose {
		fmt.Fprint(a.stderr, plain.Lines(string(debug.Stack())))
	}
	return ExitTrouble
}

// root is the command with its verbs and the flags that all of them have.
func (a *app) root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "stagecue",
		Short: "Compile support matrices and build stages, written in CUE, into plain Dockerfiles",
		Long: `Stagecue compiles the stacks below stages/, written in CUE, into plain
Dockerfiles below generated/. It never runs docker.

Exit codes: 0 fine, 1 findings or drift, 2 usage, 3 could not finish.`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	flags := cmd.PersistentFlags()
	flags.StringVarP(&a.dir, "directory", "C", ".", "run as if started in `dir`")
	flags.StringVar(&a.format, "format", "text", "form of the output: text, json or github; some verbs have others")
	flags.StringVar(&a.color, "color", "auto", "colour: auto, always or never (NO_COLOR is honoured)")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "print findings and data only")
	flags.IntVar(&a.maxFindings, "max-findings", 50, "findings to print at most, 0 for all")
	cmd.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.setUp(cmd.Name()) }
	cmd.AddCommand(a.genCommand(), a.checkCommand(), a.vetCommand(), a.renderCommand(), a.matrixCommand(), a.blameCommand(), a.graphCommand(), a.affectedCommand(), a.reviewCommand(),
		a.explainCommand(), a.fmtCommand(), a.initCommand(), a.versionCommand())
	return cmd
}
