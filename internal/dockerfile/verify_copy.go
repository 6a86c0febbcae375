package dockerfile

import (
	"fmt"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

func verifyCopy(want Copy, got *instructions.CopyCommand) error {
	if got.From != want.From {
		return fmt.Errorf("from is %q, want %q", got.From, want.From)
	}
	if got.Link != want.Link || got.Parents != want.Parents {
		return fmt.Errorf("link is %v, want %v; parents is %v, want %v", got.Link, want.Link, got.Parents, want.Parents)
	}
	if err := sameList("exclude patterns", got.ExcludePatterns, want.Exclude); err != nil {
		return err
	}
	if err := sameWords([]string{got.Chown, got.Chmod}, []string{want.Chown, want.Chmod}); err != nil {
		return err
	}
	return verifySources(want.Sources, want.Files, want.ExpandFiles, want.Dest, got.SourcesAndDest)
}

func verifyAdd(want Add, got *instructions.AddCommand) error {
	if got.Link != want.Link {
		return fmt.Errorf("link is %v, want %v", got.Link, want.Link)
	}
	if keep := got.KeepGitDir != nil && *got.KeepGitDir; keep != want.KeepGitDir {
		return fmt.Errorf("keep-git-dir is %v, want %v", keep, want.KeepGitDir)
	}
	if (got.Unpack == nil) != (want.Unpack == nil) || got.Unpack != nil && *got.Unpack != *want.Unpack {
		return fmt.Errorf("unpack is not what it should be")
	}
	if err := sameList("exclude patterns", got.ExcludePatterns, want.Exclude); err != nil {
		return err
	}
	if err := sameWords([]string{got.Chown, got.Chmod, got.Checksum}, []string{want.Chown, want.Chmod, want.Checksum}); err != nil {
		return err
	}
	return verifySources(want.Sources, want.Files, want.ExpandFiles, want.Dest, got.SourcesAndDest)
}

func verifySources(sources []string, files []InlineFile, expand bool, dest string, got instructions.SourcesAndDest) error {
	if err := sameWords(got.SourcePaths, sources); err != nil {
		return fmt.Errorf("sources: %w", err)
	}
	if err := sameWord(got.DestPath, dest); err != nil {
		return fmt.Errorf("destination: %w", err)
	}
	if len(got.SourceContents) != len(files) {
		return fmt.Errorf("%d inline files, want %d", len(got.SourceContents), len(files))
	}
	for n, w := range files {
		g := got.SourceContents[n]
		if namesFile(files, dest) && g.Path != w.Name {
			return fmt.Errorf("inline file %q is named %q", w.Name, g.Path)
		}
		if g.Data != fileBody(w.Text) || g.Expand != expand {
			return fmt.Errorf("inline file %q: text %q, expanded: %v", w.Name, g.Data, g.Expand)
		}
	}
	return nil
}
