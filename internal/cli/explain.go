package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stagecue.dev/docs"
	"stagecue.dev/internal/diag"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [code]",
		Short: "Say what a finding means, with an example and the fix",
		Long: `Explain prints the page of a finding: what it means, a broken example with what
stagecue says about it, and the fix. Without a code, it lists all of them.

Examples:
  stagecue explain unknown-stage
  stagecue explain`,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			pages, err := docs.Findings()
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			return codes(pages), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			pages, err := docs.Findings()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return a.listFindings(pages)
			}
			// As it stands in a finding, brackets and all.
			code := strings.Trim(args[0], "[]")
			for _, page := range pages {
				if page.Code == code {
					_, err := io.WriteString(a.stdout, page.Text)
					return err
				}
			}
			message := fmt.Sprintf("there is no finding %q", code)
			if help := diag.DidYouMean(code, codes(pages)); help != "" {
				message += ": " + help
			}
			return fmt.Errorf("%s; `stagecue explain` lists them", message)
		},
	}
}

func (a *app) listFindings(pages []docs.Finding) error {
	table := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, page := range pages {
		if _, err := fmt.Fprintf(table, "%s\t%s\n", page.Code, page.Summary); err != nil {
			return err
		}
	}
	return table.Flush()
}

func codes(pages []docs.Finding) []string {
	out := make([]string, len(pages))
	for i, page := range pages {
		out[i] = page.Code
	}
	return out
}
