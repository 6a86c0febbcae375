package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/diag"
)

func (a *app) vetCommand() *cobra.Command {
	var warnings string
	cmd := &cobra.Command{
		Use:   "vet [stack | axis=value]...",
		Short: "Compile, write nothing, print findings",
		Long: `Vet compiles the stacks, all of them if none is named, and prints what it finds.
It writes nothing. Every stage is looked at for every variant that reaches it.
It exits with 1 if there is an error or a warning, with --warnings=allow only for
errors.

Examples:
  stagecue vet
  stagecue vet inference os=ubuntu24.04
  stagecue vet --format github`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: a.completeSelection,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkWarnings(warnings); err != nil {
				return err
			}
			m, err := a.module(args...)
			if err != nil {
				return err
			}
			result := a.compile(cmd.Context(), m, args)
			a.report(result.Findings, m)
			if fatal(result.Findings, warnings) {
				return errReported{exitCode(result.Findings)}
			}
			what := count(len(result.Dockerfiles()), "Dockerfile") + " of " + count(len(result.Stacks), "stack")
			switch len(result.Findings) {
			case 0:
				a.say("%s: no findings", what)
			case result.Findings.Notes():
				a.say("%s: no errors or warnings", what)
			}
			return nil
		},
	}
	warningsFlag(cmd, &warnings)
	return cmd
}

// warningsFlag adds the flag that says whether warnings fail a run.
func warningsFlag(cmd *cobra.Command, value *string) {
	cmd.Flags().StringVar(value, "warnings", "fail", "whether warnings fail the run: fail or allow")
}

func checkWarnings(value string) error {
	if value != "fail" && value != "allow" {
		return fmt.Errorf("--warnings is fail or allow, not %q", value)
	}
	return nil
}

// fatal tells whether findings make the run fail.
func fatal(list diag.List, warnings string) bool {
	return list.Errors() > 0 || len(list) > list.Notes() && warnings == "fail"
}
