package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of stagecue and of its CUE",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			version, cue := "(unknown)", "(unknown)"
			if info, ok := debug.ReadBuildInfo(); ok {
				version = info.Main.Version
				for _, dep := range info.Deps {
					if dep.Path == "cuelang.org/go" {
						cue = dep.Version
					}
				}
			}
			_, err := fmt.Fprintf(a.stdout, "stagecue %s\ncue %s\n", version, cue)
			return err
		},
	}
}
