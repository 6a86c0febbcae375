package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/plain"
	"stagecue.dev/internal/support"
)

func (a *app) matrixCommand() *cobra.Command {
	var whole bool
	var why string
	cmd := &cobra.Command{
		Use:   "matrix [stack | axis=value]...",
		Short: "Show which combinations are supported, and why others are not",
		Long: `Matrix prints the support matrix of the stacks, of all if none is named, as a
table: "yes" is a variant, a number is a rule that rejects the combination.
With axis=value, only the combinations that have it.

With --why, it judges one combination: where its Dockerfile is, or every rule
that rejects it with the values that the rule would allow. It exits with 1 if
the combination is rejected.

--format json lists all variants and all rejections with their reasons, for a
CI matrix or a support page; --format markdown makes a page.

Examples:
  stagecue matrix inference
  stagecue matrix --format json | jq '.stacks[].variants[].values'
  stagecue matrix inference --why framework=vllm,device=cuda,cuda=13.0,os=rockylinux10`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: a.completeSelection,
		RunE: func(_ *cobra.Command, args []string) error {
			m, err := a.module(args...)
			if err != nil {
				return err
			}
			request := selection(args)
			matrices, list := compile.Matrices(m, request.Stacks)
			if list.Errors() > 0 {
				return a.fail(list, m)
			}
			if why != "" {
				return a.why(m, matrices, why)
			}
			return a.matrices(m, matrices, request, whole)
		},
	}
	cmd.Flags().BoolVar(&whole, "all", false, "show rows without a supported combination too")
	cmd.Flags().StringVar(&why, "why", "", "judge the combination `axis=value,...`")
	return cmd
}

// matrices prints tables, or one document.
func (a *app) matrices(m *load.Module, matrices []*compile.StackMatrix, request compile.Request, whole bool) error {
	var all []*support.Matrix
	for _, sm := range matrices {
		if list := sm.Narrow(request.Selectors); len(list) > 0 {
			return a.fail(list, m)
		}
		all = append(all, sm.Support)
	}
	if a.format == "json" {
		return support.WriteJSON(a.stdout, all)
	}
	for i, s := range all {
		write := support.WriteText
		if a.format == "markdown" {
			write = support.WriteMarkdown
		}
		if i > 0 {
			if _, err := io.WriteString(a.stdout, "\n"); err != nil {
				return err
			}
		}
		if err := write(a.stdout, s, whole); err != nil {
			return err
		}
	}
	return nil
}

// why prints the verdict on one combination.
func (a *app) why(m *load.Module, matrices []*compile.StackMatrix, words string) error {
	if len(matrices) != 1 {
		return fmt.Errorf("--why is about one stack: name it")
	}
	request := selection(strings.Split(words, ","))
	if len(request.Stacks) > 0 {
		return fmt.Errorf("--why takes axis=value,..., not %q", request.Stacks[0])
	}
	verdict, list := matrices[0].Why(request.Selectors)
	if len(list) > 0 {
		return a.fail(list, m)
	}
	if len(verdict.Reasons) == 0 {
		_, err := plain.Fprintf(a.stdout, "supported: %s\n%s\n", verdict.Variant, a.relative(m)(generatedDir+"/"+verdict.Path))
		return err
	}
	d := diag.Diagnostic{
		Code: diag.CodeUnsupported, Severity: diag.Error,
		Message: verdict.Variant + " is not supported",
	}
	for _, r := range verdict.Reasons {
		label := fmt.Sprintf("rule %q: %s", r.Rule.Name, r.Rule.Because)
		d.Related = append(d.Related, diag.Related{Span: r.Rule.Span, Label: label})
		note := fmt.Sprintf("%q would allow %s", r.Rule.Name, strings.Join(r.Allowed, ", or "))
		if r.Rule.See != "" {
			note += "; see " + r.Rule.See
		}
		d.Notes = append(d.Notes, note)
	}
	if len(verdict.Instead) > 0 {
		d.Help = "with one axis changed, it would be supported: " + strings.Join(verdict.Instead, ", ")
	}
	a.report(diag.List{d}, m)
	return errReported{ExitFindings}
}
