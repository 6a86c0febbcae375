package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/graph"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/load"
)

func (a *app) graphCommand() *cobra.Command {
	var whole bool
	cmd := &cobra.Command{
		Use:   "graph [stack | axis=value]...",
		Short: "Draw the stages of a variant, or the images of stacks",
		Long: `Graph draws what is built from what. If the arguments leave one variant, that is
the stages of its Dockerfile, with the images and contexts that come from
elsewhere. Otherwise it is the images of the stacks, of all if none is named,
with those that they are built from. Images of a stack whose paths are alike are
drawn as one, unless --all is given.

--format is mermaid (for Markdown), dot (for Graphviz) or svg.

Examples:
  stagecue graph
  stagecue graph inference framework=vllm device=cpu
  stagecue graph notebooks --all --format svg > images.svg
  stagecue graph inference framework=trtllm --format dot | dot -Tpng > stages.png`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: a.completeSelection,
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.module()
			if err != nil {
				return err
			}
			g, err := a.graph(cmd.Context(), m, args, whole)
			if err != nil {
				return err
			}
			return a.graphWriter()(a.stdout, g)
		},
	}
	cmd.Flags().BoolVar(&whole, "all", false, "draw each image, however many there are")
	return cmd
}

// graphWriter prints a graph in the format that is asked for.
func (a *app) graphWriter() func(io.Writer, graph.Graph) error {
	switch a.format {
	case "dot":
		return graph.WriteDOT
	case "svg":
		return graph.WriteSVG
	}
	return graph.WriteMermaid
}

// graph is what there is to draw.
func (a *app) graph(ctx context.Context, m *load.Module, args []string, whole bool) (graph.Graph, error) {
	selected := a.compile(ctx, m, args)
	if selected.Findings.Errors() > 0 {
		return graph.Graph{}, a.fail(selected.Findings, m)
	}
	files := selected.Dockerfiles()
	if len(files) == 1 {
		file := files[0]
		stages := selected.Stages(file.Path)
		title := strings.TrimSuffix("stages of "+file.Stack+" "+file.Variant, " ")
		return graph.Stages(title, &stages.File, stages.Plan), nil
	}
	all := selected
	if len(args) > 0 {
		// An image may be built from those of other stacks, and that is only
		// known once all are there.
		if all = a.compile(ctx, m, nil); all.Findings.Errors() > 0 {
			return graph.Graph{}, a.fail(all.Findings, m)
		}
	}
	kept := map[string]bool{}
	for _, f := range files {
		kept[f.Path] = true
	}
	title := "images of " + strings.Join(selected.Stacks, ", ")
	if words := slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return !strings.Contains(arg, "=") }); len(words) > 0 {
		title += " with " + strings.Join(words, " ")
	}
	return graph.Images(title, all.Images, func(i images.Image) bool { return kept[i.Path] }, whole), nil
}
