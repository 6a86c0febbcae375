package cli

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/plain"
	"stagecue.dev/internal/report"
)

// generatedDir is the directory below the module's root that holds the output.
const generatedDir = "generated"

// app is one run of the command.
type app struct {
	stdout, stderr *stream
	getenv         func(string) string
	// release lets signals end the process at once, as they do by themselves.
	release func()

	// replacing is locked while files are put into place.
	replacing *sync.Mutex

	// The flags that all verbs have.
	dir         string
	format      string
	color       string
	quiet       bool
	maxFindings int

	// rendering is how findings are printed; setUp works it out.
	rendering report.Options
}

// setUp checks the flags that all verbs have.
func (a *app) setUp(verb string) error {
	if err := checkFormat(verb, a.format); err != nil {
		return err
	}
	color, err := report.UseColor(a.color, a.stderr.to, a.getenv)
	if err != nil {
		return err
	}
	info, err := os.Stat(a.dir)
	if err != nil || !info.IsDir() {
		return fmt.Errorf("-C %s: no such directory", a.dir)
	}
	a.rendering = report.Options{Format: report.Format(a.format), Color: color, Width: report.Width(a.stderr.to), Max: a.maxFindings}
	return nil
}

// module opens the module that the run is about, and reads all that the stacks are
// made of that some arguments of a verb select; all stacks, if there are none.
func (a *app) module(args ...string) (*load.Module, error) {
	m, list := a.open(args)
	if len(list) > 0 {
		return nil, a.fail(list, m)
	}
	return m, nil
}

// open is module that leaves it to the caller to report what is wrong. The module
// that comes along with findings has sources for excerpts; it is nil if there is
// none.
func (a *app) open(args []string) (*load.Module, diag.List) {
	m, problem := load.FindModule(a.dir, selection(args).Stacks...)
	if problem != nil {
		return m, diag.List{*problem}
	}
	return m, nil
}

// report prints findings: as text where talk goes, in other formats where data
// goes.
func (a *app) report(list diag.List, m *load.Module) {
	if m == nil {
		a.reportOf(list, func(string) ([]byte, bool) { return nil, false }, func(file string) string { return file })
		return
	}
	a.reportOf(list, m.Source, a.relative(m))
}

// reportOf is report with the source of excerpts, and a function that turns paths
// of the module into those that are shown.
func (a *app) reportOf(list diag.List, source func(file string) ([]byte, bool), relative func(string) string) {
	options := a.rendering
	options.Source, options.Rel = source, relative
	out := a.stderr
	if prints(a.format) {
		out = a.stdout
	} else if len(list) == 0 {
		return
	}
	if err := report.Write(out, list, options); err != nil {
		plain.Fprintf(a.stderr, "stagecue: %v\n", err)
	}
}

// fail prints findings and returns the error that ends the run.
func (a *app) fail(list diag.List, m *load.Module) error {
	a.report(list, m)
	return errReported{exitCode(list)}
}

// exitCode is what findings do to the exit code: trouble that is nobody's input
// outweighs the rest, and a command line that names what does not exist is a
// matter of usage.
func exitCode(list diag.List) int {
	code := ExitFindings
	for _, d := range list {
		switch d.Code {
		case diag.CodeInternal, diag.CodeIO, diag.CodeNoGit, diag.CodeShallowClone, diag.CodeNoMergeBase:
			return ExitTrouble
		case diag.CodeNoModule, diag.CodeUnknownStack, diag.CodeAmbiguousSelection, diag.CodeUnknownFile, diag.CodeUnknownLine,
			diag.CodeNoRepository, diag.CodeUnknownRevision:
			code = ExitUsage
		case diag.CodeUnknownAxis, diag.CodeUnknownValue:
			// Without a position, it was a selector that named them.
			if !d.Span.IsValid() {
				code = ExitUsage
			}
		}
	}
	return code
}

// relative turns paths of the module into ones that are seen from the
// directory in which the command runs.
func (a *app) relative(m *load.Module) func(string) string {
	from := a.dir
	if a.format == "github" {
		// GitHub looks from where the job runs, whatever -C says.
		from = "."
	}
	abs, err := filepath.Abs(from)
	if err != nil {
		return func(file string) string { return file }
	}
	return func(file string) string {
		rel, err := filepath.Rel(abs, filepath.Join(m.Root, filepath.FromSlash(file)))
		if err != nil {
			return file
		}
		return filepath.ToSlash(rel)
	}
}

// selection reads the arguments of a verb: names of stacks, and axis=value.
func selection(args []string) compile.Request {
	var request compile.Request
	for _, arg := range args {
		if axis, value, ok := strings.Cut(arg, "="); ok {
			request.Selectors = append(request.Selectors, matrix.Selector{Axis: axis, Value: value})
			continue
		}
		// A path is as good as a name: the shell completes it.
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(arg), "./"), "/")
		if strings.HasSuffix(name, ".cue") {
			// A file stands for its package.
			name = path.Dir(name)
		}
		request.Stacks = append(request.Stacks, strings.TrimPrefix(name, "stages/"))
	}
	return request
}

// compile runs the pipeline. Nothing is written meanwhile: a first signal stops
// it in an orderly way, a second one ends it wherever it is.
func (a *app) compile(ctx context.Context, m *load.Module, args []string) compile.Result {
	return a.request(ctx, m, selection(args))
}

func (a *app) request(ctx context.Context, m *load.Module, request compile.Request) compile.Result {
	defer context.AfterFunc(ctx, a.release)()
	request.Progress = &compile.Progress{}
	defer a.progress(request.Progress)()
	return compile.Run(ctx, m, request)
}

// say prints talk: what a person wants to know and no program reads.
func (a *app) say(format string, args ...any) {
	if !a.quiet && a.format == "text" {
		plain.Fprintf(a.stderr, format+"\n", args...)
	}
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
