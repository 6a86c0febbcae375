package cli

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/plain"
	"stagecue.dev/internal/scaffold"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [module]",
		Short: "Start a module, or give an existing one the schema",
		Long: `Init makes the directory a CUE module, writes the schema below cue.mod/pkg, where
the stock cue command and editors find it, and a first stack below stages/ if
there is none. It writes only what is not there. In an existing module it does
the same at the module's root.

Examples:
  stagecue init
  stagecue init example.com/images`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			name := ""
			if len(args) > 0 {
				name = args[0]
				if err := load.CheckName(name); err != nil {
					return fmt.Errorf("a module cannot be named %q: %w; example.com/images would do", name, err)
				}
			}
			root, err := a.initRoot()
			if err != nil {
				return err
			}
			if m, problem := load.FindModule(root); problem == nil && m.HasSchema() {
				a.say("nothing to do: the module has the schema already")
				return nil
			}
			written, err := scaffold.Init(root, name)
			if err != nil {
				return a.fail(trouble("cannot write", err), nil)
			}
			for _, path := range written {
				if !a.quiet {
					if _, err := plain.Fprintf(a.stdout, "%-8s %s\n", "added", path); err != nil {
						return err
					}
				}
			}
			// What was there already may be older or broken.
			if _, problem := load.FindModule(root); problem != nil {
				return a.fail(diag.List{*problem}, nil)
			}
			if len(written) == 0 {
				a.say("nothing to do")
			} else {
				a.say("next: stagecue gen")
			}
			return nil
		},
	}
}

// initRoot is the root of the module that the directory lies in, or the
// directory itself where it lies in none.
func (a *app) initRoot() (string, error) {
	root, found, err := load.Root(a.dir)
	if err != nil {
		return "", a.fail(trouble("cannot look for a module", err), nil)
	}
	if found {
		return root, nil
	}
	return filepath.Abs(a.dir)
}
