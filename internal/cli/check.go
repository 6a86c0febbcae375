package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/tree"
)

func (a *app) checkCommand() *cobra.Command {
	var warnings string
	var watching bool
	cmd := &cobra.Command{
		Use:   "check [stack | axis=value]...",
		Short: "Compile and compare with the Dockerfiles that are checked in",
		Long: `Check compiles the stacks, all of them if none is named, and compares the result
with generated/, byte by byte and in both directions. It writes nothing. Where
they differ it prints a unified diff and exits with 1: on a file that is
missing, changed, left over from a variant or stack that is gone, or not
written by stagecue. With --watch, it goes on whenever an input is saved, until
Ctrl-C.

Examples:
  stagecue check
  stagecue check --format github`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: a.completeSelection,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkWarnings(warnings); err != nil {
				return err
			}
			ctx := cmd.Context()
			w := &watch{
				app: a,
				open: func() (*load.Module, diag.List, func()) {
					m, list := a.open(args)
					return m, list, func() {}
				},
				compile: func(m *load.Module) error { return a.check(ctx, m, args, warnings) },
			}
			if watching {
				return w.run(ctx)
			}
			return w.once()
		},
	}
	warningsFlag(cmd, &warnings)
	watchFlag(cmd, &watching)
	return cmd
}

func (a *app) check(ctx context.Context, m *load.Module, args []string, warnings string) error {
	result := a.compile(ctx, m, args)
	if result.Findings.Errors() > 0 {
		return a.fail(result.Findings, m)
	}
	changes, list := a.compare(m, args, result)
	list = append(list, inTheWay(changes)...)
	drift := drifted(changes)
	if a.format == "text" {
		if _, err := a.stdout.Write(tree.Diff(changes, a.relative(m)(generatedDir)+"/")); err != nil {
			return err
		}
	} else {
		list = append(list, drift...)
	}
	list = append(result.Findings, list...).Sorted()
	a.report(list, m)
	what := count(len(result.Dockerfiles()), "Dockerfile") + " of " + count(len(result.Stacks), "stack")
	switch {
	case len(drift) > 0:
		a.say("%s: %s; run `stagecue gen`", what, driftSummary(changes))
		if code := exitCode(list); len(list) > 0 {
			return errReported{code}
		}
		return errReported{ExitFindings}
	case fatal(list, warnings):
		return errReported{exitCode(list)}
	}
	a.say("%s: up to date", what)
	return nil
}

// drifted is a finding for each file that gen would change.
func drifted(changes []tree.Change) diag.List {
	messages := map[tree.Kind]string{
		tree.Missing:  "this file is missing",
		tree.Modified: "this file is not what its stack compiles to",
		tree.Orphan:   "nothing compiles to this file any more",
	}
	var list diag.List
	for _, c := range changes {
		if message := messages[c.Kind]; message != "" {
			list = append(list, finding(diag.CodeDrift, diag.Error, c.Path, message, "run `stagecue gen` and commit what it changes"))
		}
	}
	return list
}

func driftSummary(changes []tree.Change) string {
	n := map[tree.Kind]int{}
	for _, c := range changes {
		n[c.Kind]++
	}
	return fmt.Sprintf("%d missing, %d changed, %d left over", n[tree.Missing], n[tree.Modified], n[tree.Orphan])
}

// inTheWay reports what stands where a Dockerfile is to be written.
func inTheWay(changes []tree.Change) diag.List {
	var list diag.List
	for _, c := range changes {
		switch c.Kind {
		case tree.InTheWay:
			list = append(list, finding(diag.CodeFileInTheWay, diag.Error, c.Path,
				"a generated file is to be written here, but stagecue did not write the file that is there",
				"move it away, or have it overwritten with `stagecue gen --adopt`"))
		case tree.Symlink:
			list = append(list, finding(diag.CodeSymlink, diag.Error, c.Path,
				"a generated file is to be written here, but there is a symbolic link or no regular file in the way",
				"remove it: stagecue does not write through links"))
		}
	}
	return list
}

// finding is a diagnostic about a file below generated/.
func finding(code diag.Code, severity diag.Severity, path, message, help string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: code, Severity: severity, Span: source.Span{File: generatedDir + "/" + path}, Message: message, Help: help,
	}
}

// trouble is an error of the operating system's as a finding.
func trouble(what string, err error) diag.List {
	return diag.List{{Code: diag.CodeIO, Severity: diag.Error, Message: fmt.Sprintf("%s: %v", what, err)}}
}
