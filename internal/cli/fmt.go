package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/cuefmt"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/plain"
	"stagecue.dev/internal/rope"
	"stagecue.dev/internal/tree"
)

func (a *app) fmtCommand() *cobra.Command {
	var check, diff bool
	cmd := &cobra.Command{
		Use:   "fmt [file | directory]...",
		Short: "Format CUE files as the stock cue command does",
		Long: `Fmt formats the .cue files that are named, those below the directories that are
named, and all of the module if there are none. It prints the names of the
files that it rewrites. With --check it rewrites nothing, and with --diff it
prints what it would change; both exit with 1 if there is anything to change.

Examples:
  stagecue fmt
  stagecue fmt --check stages/inference`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.module()
			if err != nil {
				return err
			}
			if !check && !diff {
				unlock, err := tree.Lock(cmd.Context(), m.Root)
				if err != nil {
					return a.fail(unfinished(cmd.Context(), "cannot lock the module", err), m)
				}
				defer unlock()
			}
			paths, err := a.modulePaths(m, args)
			if err != nil {
				return err
			}
			formatted := cuefmt.Run(m.Root, paths)
			if list := formatted.Findings; len(list) > 0 {
				a.reportOf(list, formatted.Source, a.relative(m))
				return errReported{exitCode(list)}
			}
			return a.reformat(m, formatted.Files, check, diff)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "rewrite nothing, exit with 1 if a file is not formatted")
	cmd.Flags().BoolVarP(&diff, "diff", "d", false, "rewrite nothing, print a diff, exit with 1 if there is one")
	return cmd
}

// modulePaths turns paths as the user sees them into paths of the module.
func (a *app) modulePaths(m *load.Module, args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		path := arg
		if !filepath.IsAbs(path) {
			path = filepath.Join(a.dir, path)
		}
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		rel, err := filepath.Rel(m.Root, abs)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return nil, fmt.Errorf("%s lies outside of the module", arg)
		}
		out = append(out, filepath.ToSlash(rel))
	}
	return out, nil
}

// reformat writes, lists or compares the files that are not formatted.
func (a *app) reformat(m *load.Module, files []cuefmt.File, check, diff bool) error {
	relative := a.relative(m)
	if diff {
		changes := make([]tree.Change, len(files))
		for i, f := range files {
			changes[i] = tree.Change{Path: relative(f.Path), Kind: tree.Modified, Old: f.Before, New: rope.Of(f.After)}
		}
		if _, err := a.stdout.Write(tree.Diff(changes, "")); err != nil {
			return err
		}
	}
	var failed []error
	for _, f := range files {
		if !check && !diff {
			if err := tree.WriteFile(m.Root, filepath.Join(m.Root, filepath.FromSlash(f.Path)), f.After); err != nil {
				failed = append(failed, fmt.Errorf("%s: %w", relative(f.Path), err))
				continue
			}
		}
		if !diff && !a.quiet {
			if _, err := plain.Fprintf(a.stdout, "%s\n", relative(f.Path)); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(failed...); err != nil {
		return a.fail(trouble("cannot write", err), m)
	}
	if (check || diff) && len(files) > 0 {
		return errReported{ExitFindings}
	}
	return nil
}
