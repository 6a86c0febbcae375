package cli

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/plain"
	"stagecue.dev/internal/tree"
)

func (a *app) genCommand() *cobra.Command {
	var adopt, watching bool
	cmd := &cobra.Command{
		Use:   "gen [stack | axis=value]...",
		Short: "Compile and write the Dockerfiles and what goes with them",
		Long: `Gen compiles the stacks, all of them if none is named, and makes generated/ what
they say: it writes what is new or different and removes what it once wrote and
nothing wants any more. Files that it did not write are never touched. If
anything is wrong, nothing is written.

With axis=value, only the Dockerfiles of those variants and the ignore files
beside them are written.

With --watch, it goes on: whenever a CUE file, a data file or another input is
saved, it compiles again, until Ctrl-C.

Examples:
  stagecue gen
  stagecue gen inference
  stagecue gen inference framework=vllm
  stagecue gen --watch`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: a.completeSelection,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			w := &watch{
				app:     a,
				open:    func() (*load.Module, diag.List, func()) { return a.locked(ctx, args) },
				compile: func(m *load.Module) error { return a.gen(ctx, m, args, adopt) },
			}
			if watching {
				return w.run(ctx)
			}
			return w.once()
		},
	}
	watchFlag(cmd, &watching)
	cmd.Flags().BoolVar(&adopt, "adopt", false, "overwrite files in the way that stagecue did not write")
	return cmd
}

// locked locks the module before it opens it: of two runs at the same time, the
// second reads the sources, and generated/, after the first has finished.
func (a *app) locked(ctx context.Context, args []string) (*load.Module, diag.List, func()) {
	unlock := func() {}
	// Without a root there is nothing to lock, and open says so.
	if root, found, err := load.Root(a.dir); found && err == nil {
		if unlock, err = tree.Lock(ctx, root); err != nil {
			return nil, unfinished(ctx, "cannot lock the module", err), func() {}
		}
		if err := tree.Clean(root); err != nil {
			return nil, trouble("cannot remove what a run has left that was killed", err), unlock
		}
	}
	m, list := a.open(args)
	return m, list, unlock
}

func (a *app) gen(ctx context.Context, m *load.Module, args []string, adopt bool) error {
	result := a.compile(ctx, m, args)
	if result.Findings.Errors() > 0 {
		return a.fail(result.Findings, m)
	}
	changes, list := a.compare(m, args, result)
	if !adopt {
		list = append(list, inTheWay(changes)...)
	}
	list = append(result.Findings, list...).Sorted()
	if list.Errors() > 0 {
		return a.fail(list, m)
	}
	a.report(list, m)
	a.replacing.Lock()
	defer a.replacing.Unlock()
	if err := tree.Apply(ctx, filepath.Join(m.Root, generatedDir), changes, tree.Options{Adopt: adopt}); err != nil {
		return a.fail(unfinished(ctx, "cannot write", err), m)
	}
	return a.summary(m, result, changes)
}

// unfinished is trouble, or the signal that kept a run from doing something.
func unfinished(ctx context.Context, what string, err error) diag.List {
	if errors.Is(err, context.Canceled) {
		return trouble("stopped", context.Cause(ctx))
	}
	return trouble(what, err)
}

// summary prints what gen has changed.
func (a *app) summary(m *load.Module, result compile.Result, changes []tree.Change) error {
	words := map[tree.Kind]string{
		tree.Missing: "added", tree.Modified: "changed", tree.InTheWay: "changed", tree.Orphan: "removed",
	}
	numbers := map[string]int{}
	relative := a.relative(m)
	for _, c := range changes {
		word := words[c.Kind]
		if word == "" {
			continue
		}
		numbers[word]++
		if !a.quiet && a.format == "text" {
			if _, err := plain.Fprintf(a.stdout, "%-8s %s\n", word, relative(generatedDir+"/"+c.Path)); err != nil {
				return err
			}
		}
	}
	what := count(len(result.Dockerfiles()), "Dockerfile") + " of " + count(len(result.Stacks), "stack")
	if len(numbers) == 0 {
		a.say("%s: nothing to do", what)
		return nil
	}
	a.say("%s: %d added, %d changed, %d removed", what, numbers["added"], numbers["changed"], numbers["removed"])
	return nil
}

// compare looks for drift and reports what is not Stagecue's.
func (a *app) compare(m *load.Module, args []string, result compile.Result) ([]tree.Change, diag.List) {
	var list diag.List
	files := make([]tree.File, len(result.Files))
	for i, f := range result.Files {
		files[i] = tree.File{Path: f.Path, Data: f.Text}
	}
	request := selection(args)
	scope := tree.Scope{Unmanaged: result.Project.Unmanaged, Files: len(request.Selectors) > 0}
	if len(request.Stacks) > 0 {
		scope.Stacks = request.Stacks
		// What lies inside of a stack's folder may belong to another stack.
		others, problem := m.StackNames()
		if problem != nil {
			return nil, diag.List{*problem}
		}
		scope.Others = others
	}
	changes, err := tree.Compare(filepath.Join(m.Root, generatedDir), files, scope)
	if err != nil {
		return nil, trouble("cannot compare", err)
	}
	for _, c := range changes {
		if c.Kind == tree.Foreign {
			list = append(list, finding(diag.CodeForeignFile, diag.Warning, c.Path,
				"stagecue did not write this file, and leaves it alone",
				"move it out of "+generatedDir+"/, or list it as unmanaged in project.cue"))
		}
	}
	return changes, list
}
