package compile

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/ignore"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/rope"
)

// ignoreFile has a build send no more than the Dockerfile reads.
func ignoreFile(w *written, image images.Image) ([]File, diag.List) {
	if image.Plan.NoIgnore {
		return nil, nil
	}
	lines, ok := ignore.Lines(image.Inputs, image.Plan.Context.Exclude)
	if !ok {
		return nil, nil
	}
	if list := w.triggers(image, lines); len(list) > 0 {
		return nil, list
	}
	head := fmt.Sprintf("# %s\n# What a build of the Dockerfile beside this file is not sent of its context.\n", header.From(image.Stack.Dir))
	return []File{{
		Kind: KindIgnore, Path: ignore.Name(image.Path), Stack: image.Stack.Name, Variant: image.Name,
		Text: w.shared(head + strings.Join(lines, "\n") + "\n"),
	}}, nil
}

// shared is a text that many files may have.
func (w *written) shared(text string) rope.Rope {
	known, ok := w.ignored[text]
	if !ok {
		known = rope.Of(text)
		w.ignored[text] = known
	}
	return known
}
