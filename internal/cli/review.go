package cli

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/git"
	"stagecue.dev/internal/index"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/review"
)

func (a *app) reviewCommand() *cobra.Command {
	var base string
	var mergeBase bool
	cmd := &cobra.Command{
		Use:   "review --base revision",
		Short: "Say what a change does to the images",
		Long: `Review compares what the sources compile to now with the Dockerfiles that are
checked in at a revision: variants that are added and removed, with the reasons;
what changes in the others, each change once, with the Dockerfiles that it is
made in and the lines of CUE that it comes from; what builds have to do again;
tags and platforms of targets. Sources of the revision are not compiled.

With --merge-base, the comparison is with the commit at which HEAD has left the
revision, as for a pull request. --format markdown is for a comment there.

Examples:
  stagecue review --base HEAD
  stagecue review --base origin/main --merge-base --format markdown`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m, err := a.module()
			if err != nil {
				return err
			}
			return a.review(cmd.Context(), m, base, mergeBase)
		},
	}
	cmd.Flags().StringVar(&base, "base", "", "compare with this `revision`: a branch, a tag, a commit")
	cmd.Flags().BoolVar(&mergeBase, "merge-base", false, "compare with where HEAD has left the revision")
	_ = cmd.MarkFlagRequired("base") // the flag is there
	return cmd
}

func (a *app) review(ctx context.Context, m *load.Module, base string, mergeBase bool) error {
	tree, d := baseTree(ctx, m, base, mergeBase)
	if d != nil {
		return a.fail(diag.List{*d}, m)
	}
	old, notes, d := variantsAt(ctx, tree, base)
	if d != nil {
		return a.fail(diag.List{*d}, m)
	}
	result := a.compile(ctx, m, nil)
	if result.Findings.Errors() > 0 {
		return a.fail(result.Findings, m)
	}
	defer context.AfterFunc(ctx, a.release)()
	out, list := compile.Review(ctx, &result, base, old, notes)
	if list.Errors() > 0 {
		return a.fail(list, m)
	}
	switch a.format {
	case "json":
		return review.WriteJSON(a.stdout, &out)
	case "markdown":
		return review.WriteMarkdown(a.stdout, &out, a.relative(m))
	}
	return review.WriteText(a.stdout, &out, a.relative(m))
}

// baseTree is what git has at a revision, or where HEAD has left it.
func baseTree(ctx context.Context, m *load.Module, base string, mergeBase bool) (*git.Tree, *diag.Diagnostic) {
	repository, d := git.Open(ctx, m.Root)
	if d != nil {
		return nil, d
	}
	commit, d := repository.Commit(ctx, base)
	if d != nil {
		return nil, d
	}
	if mergeBase {
		head, d := repository.Commit(ctx, "HEAD")
		if d != nil {
			return nil, d
		}
		if commit, d = repository.MergeBase(ctx, commit, head); d != nil {
			return nil, d
		}
	}
	return repository.Tree(ctx, commit)
}

// variantsAt are the Dockerfiles that are checked in at a revision, with what
// the indexes there say of them.
func variantsAt(ctx context.Context, tree *git.Tree, base string) ([]review.Variant, []string, *diag.Diagnostic) {
	var names []string
	for _, e := range tree.Below(generatedDir) {
		if file := path.Base(e.Path); (file == "Dockerfile" || file == index.Name) && e.Mode != git.ModeLink {
			names = append(names, e.Path)
		}
	}
	texts, d := tree.Read(ctx, names...)
	if d != nil {
		return nil, nil, d
	}
	var out []review.Variant
	var notes []string
	indexes := map[string]*index.Index{}
	for n, name := range names {
		below := strings.TrimPrefix(name, generatedDir+"/")
		if path.Base(name) == index.Name {
			x, d := index.Read(name, texts[n])
			if d != nil {
				notes = append(notes, fmt.Sprintf("tags and platforms are not compared for %s: at %s, %s", path.Dir(below), base, d.Message))
				x = &index.Index{}
			}
			indexes[path.Dir(below)] = x
			continue
		}
		if v, ok := review.Generated(below, string(texts[n])); ok {
			out = append(out, v)
		}
	}
	without := map[string]bool{}
	for i := range out {
		v := &out[i]
		if x := indexes[v.Stack]; x != nil {
			v.Tell(x)
		} else if !without[v.Stack] {
			without[v.Stack] = true
			notes = append(notes, fmt.Sprintf("tags and platforms are not compared for %s: there is no index of it at %s", v.Stack, base))
		}
	}
	return out, notes, nil
}
