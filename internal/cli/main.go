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
	"syscall"

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

// Main runs the command with its arguments and returns the exit code.
func Main(args []string, stdout, stderr io.Writer, getenv func(string) string) (code int) {
	// Verbs that compile stop when ctx is done. Others print a little, or write
	// a few files, and are not to be ended half-way.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	app := &app{stdout: stdout, stderr: stderr, getenv: getenv, release: stop}
	defer func() {
		if failure := recover(); failure != nil {
			code = app.crash(failure, getenv("STAGECUE_DEBUG") != "")
		}
	}()
	root := app.root()
	root.SetArgs(args)
	root.SetOut(plain.Writer{To: stdout})
	root.SetErr(plain.Writer{To: stderr})
	err := root.ExecuteContext(ctx)
	var reported errReported
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &reported):
		return reported.code
	}
	// What is left comes from cobra: unknown verbs, flags and their values.
	fmt.Fprintf(stderr, "stagecue: %s\nRun `stagecue --help` for usage.\n", usage(err))
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
