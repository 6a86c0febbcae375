package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/diag"
)

func (a *app) renderCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "render [stack] axis=value...",
		Short: "Print the Dockerfile of one variant",
		Long: `Render prints the Dockerfile of the one variant that the arguments select. The
stack may be left out where there is one, and so may axes that do not matter.
Where several variants fit, it lists them and exits with 2.

Examples:
  stagecue render inference framework=vllm device=cuda
  stagecue render inference framework=vllm device=cuda | docker build -f - .`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: a.completeSelection,
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.module(args...)
			if err != nil {
				return err
			}
			request := selection(args)
			request.Quick = true
			result := a.request(cmd.Context(), m, request)
			if result.Findings.Errors() > 0 {
				return a.fail(result.Findings, m)
			}
			files := result.Dockerfiles()
			if len(files) != 1 {
				d := diag.Diagnostic{
					Code: diag.CodeAmbiguousSelection, Severity: diag.Error,
					Message: fmt.Sprintf("%d variants fit, and render prints one", len(files)),
					Help:    "add axis=value until one is left",
				}
				for _, f := range files {
					d.Notes = append(d.Notes, f.Stack+" "+f.Variant)
				}
				return a.fail(diag.List{d}, m)
			}
			_, err = files[0].Text.WriteTo(a.stdout)
			return err
		},
	}
}
