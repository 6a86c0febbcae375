package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/affected"
	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/report"
	"stagecue.dev/internal/rope"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/tree"
)

func (a *app) affectedCommand() *cobra.Command {
	var base string
	var mergeBase bool
	cmd := &cobra.Command{
		Use:   "affected --base revision",
		Short: "List the images that a change makes it necessary to build again, and why",
		Long: `Affected compares what is checked in at a revision with what the sources compile
to now, and with the files that builds read. It lists the images that have to be
built again: new ones, those whose Dockerfile has changed or a file that it
copies or mounts, and all that are built from such images. It may name one too
many; it misses none. Sources of the revision are not compiled.

With --merge-base, the comparison is with the commit at which HEAD has left the
revision, as for a pull request.

--format bake prints the names of the targets for docker buildx bake, in one
line, or nothing at all; --format github-matrix prints a matrix for GitHub
Actions. It exits with 0 whether or not there is something to build.

Examples:
  stagecue affected --base HEAD
  stagecue affected --base origin/main --merge-base --format bake`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m, err := a.module()
			if err != nil {
				return err
			}
			return a.affected(cmd.Context(), m, base, mergeBase)
		},
	}
	cmd.Flags().StringVar(&base, "base", "", "compare with this `revision`: a branch, a tag, a commit")
	cmd.Flags().BoolVar(&mergeBase, "merge-base", false, "compare with where HEAD has left the revision")
	_ = cmd.MarkFlagRequired("base") // the flag is there
	return cmd
}

func (a *app) affected(ctx context.Context, m *load.Module, base string, mergeBase bool) error {
	commit, d := baseTree(ctx, m, base, mergeBase)
	if d != nil {
		return a.fail(diag.List{*d}, m)
	}
	result := a.compile(ctx, m, nil)
	if result.Findings.Errors() > 0 {
		return a.fail(result.Findings, m)
	}
	in := affectedInput(m, &result)
	if in.Base, d = affected.ReadBase(ctx, commit, generatedDir, in.Files); d != nil {
		return a.fail(diag.List{*d}, m)
	}
	changed, d := commit.Changed(ctx, affected.Scope(in))
	if d != nil {
		return a.fail(diag.List{*d}, m)
	}
	in.Changes, in.Links = changed.List, changed.Links
	out := affected.Run(in)
	changes, list := a.compare(m, nil, result)
	if list.Errors() > 0 {
		return a.fail(list, m)
	}
	notes := append(stale(changes), unseen(&out, base)...)
	since := base
	if mergeBase {
		since = "HEAD has left " + base
	}
	return a.printAffected(m, &out, commit.Commit, since, notes)
}

// affectedInput is what a run is compared by.
func affectedInput(m *load.Module, result *compile.Result) affected.Input {
	in := affected.Input{
		Indexes: result.Indexes(), Files: map[string]rope.Rope{}, Generated: generatedDir,
		Always: result.Project.Always, Ignore: result.Project.Ignore,
		Read: func(path string) ([]byte, bool) {
			text, err := os.ReadFile(filepath.Join(m.Root, filepath.FromSlash(path)))
			return text, err == nil
		},
		Readlink: func(path string) (string, bool) { return readlink(m.Root, path) },
	}
	for _, f := range result.Files {
		switch f.Kind {
		case compile.KindDockerfile, compile.KindIgnore:
			in.Files[f.Path] = f.Text
		case compile.KindBake:
			if f.Stack == "" {
				in.Bake = affected.ReadBake(f.Text.Bytes())
			}
		}
	}
	return in
}

// readlink is where a symbolic link of the module leads, as seen from the
// directory it is in. What leads to the module by an absolute path does so, too.
func readlink(root, name string) (string, bool) {
	link := filepath.Join(root, filepath.FromSlash(name))
	to, err := os.Readlink(link)
	if err != nil {
		return "", false
	}
	real, err := filepath.EvalSymlinks(root)
	for _, dir := range []string{root, real} {
		if rel, problem := filepath.Rel(dir, to); err == nil && problem == nil && filepath.IsAbs(to) && filepath.IsLocal(rel) {
			if back, problem := filepath.Rel(filepath.Dir(filepath.FromSlash(name)), rel); problem == nil {
				return filepath.ToSlash(back), true
			}
		}
	}
	return filepath.ToSlash(to), true
}

// stale is a note where generated/ is not what the sources compile to.
func stale(changes []tree.Change) diag.List {
	n := 0
	for _, c := range changes {
		switch c.Kind {
		case tree.Missing, tree.Modified, tree.Orphan:
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return diag.List{{
		Code: diag.CodeDrift, Severity: diag.Note, Span: source.Span{File: generatedDir},
		Message: fmt.Sprintf("%s not what the sources compile to, which is what counts here", files(n)),
		Help:    "run `stagecue gen` before images are built",
	}}
}

func files(n int) string {
	if n == 1 {
		return "1 file is"
	}
	return fmt.Sprintf("%d files are", n)
}

// unseen are notes on what could not be compared.
func unseen(out *affected.Result, base string) diag.List {
	var list diag.List
	if len(out.TextOnly) > 0 {
		list = append(list, diag.Diagnostic{
			Code: diag.CodeNoIndex, Severity: diag.Note,
			Message: fmt.Sprintf("at %s there is no index of %s, so of generated files only the texts are compared", base, strings.Join(out.TextOnly, ", ")),
			Notes:   []string{"where the context, the platforms, the tags or the parent of an image have changed and its Dockerfile has not, it is not in the list"},
			Help:    "from the commit on that holds what `stagecue gen` writes now, all is compared",
		})
	}
	for _, e := range out.External {
		list = append(list, diag.Diagnostic{
			Code: diag.CodeUnseenContext, Severity: diag.Note,
			Message: fmt.Sprintf("the build context of %s of %s is outside of the module, where no change can be seen", count(e.Images, "image"), e.Stack),
			Notes:   []string{"the context is " + e.Address},
			Help:    "when the files there have changed, build the images of that stack too",
		})
	}
	return list
}

// printAffected prints data where data goes, and notes where talk goes, unless
// they are part of the data.
func (a *app) printAffected(m *load.Module, out *affected.Result, commit, since string, notes diag.List) error {
	if a.format == "json" {
		return affected.WriteJSON(a.stdout, out, commit, generatedDir, notes)
	}
	a.rendering.Format = report.Text
	a.report(notes, m)
	switch a.format {
	case "github-matrix":
		return affected.WriteMatrix(a.stdout, out, generatedDir)
	case "bake":
		return affected.WriteBake(a.stdout, out)
	}
	if err := affected.WriteText(a.stdout, out, generatedDir, a.relative(m)); err != nil {
		return err
	}
	a.say("%d of %s affected since %s", len(out.Images), count(out.All, "image"), since)
	return nil
}
