package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/plain"
)

// completeSelection offers the shell the stacks of the module and the
// axis=value words of those that are named already, or of all.
func (a *app) completeSelection(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	m, problem := load.FindModule(a.dir)
	if problem != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	request := selection(args)
	stacks, problem := m.StackNames()
	if problem != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	if len(request.Stacks) == 0 {
		words = append(words, stacks...)
	}
	// What is wrong with a stack is for the verb to say, not for the shell.
	matrices, _ := compile.Matrices(m, request.Stacks)
	for _, sm := range matrices {
		words = append(words, sm.Selectors()...)
	}
	chosen := map[string]bool{}
	for _, s := range request.Selectors {
		chosen[s.Axis] = true
	}
	words = slices.DeleteFunc(words, func(word string) bool {
		axis, _, isSelector := strings.Cut(word, "=")
		return word != plain.Line(word) || !strings.HasPrefix(word, prefix) || isSelector && chosen[axis]
	})
	slices.Sort(words)
	return slices.Compact(words), cobra.ShellCompDirectiveNoFileComp
}
