package compile

import (
	"fmt"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/ignore"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
)

// triggers reports what an image of the module has those copy that are built
// from it (ONBUILD), and that the ignore file of one of them leaves out. It is
// not let through instead: a run with selectors knows no parents, and would write
// another file.
func (w *written) triggers(image images.Image, lines []string) diag.List {
	var list diag.List
	for _, p := range image.Parents {
		i := slices.IndexFunc(image.Inputs.Stages, func(s *inputs.Stage) bool { return s.Name == p.Stage && s.From == p.From })
		at, ok := w.byPath[p.Path]
		if i < 0 || !ok {
			continue
		}
		for _, s := range w.images[at].Inputs.Stages {
			if s.Name != p.Target || len(s.Triggers) == 0 {
				continue
			}
			with := image.Inputs
			with.Stages = append(slices.Clone(with.Stages), &inputs.Stage{Name: s.Name, Sources: s.Triggers})
			if needed, ok := ignore.Lines(with, image.Plan.Context.Exclude); ok && slices.Equal(needed, lines) {
				continue
			}
			list = append(list, diag.Diagnostic{
				Code: diag.CodeMissingSource, Severity: diag.Error,
				Span:    image.Locate(dockerfile.Origin{Stage: p.Stage}, "from"),
				Message: fmt.Sprintf("the image %s has what is built from it copy %q (ONBUILD), which the ignore file would leave out", p.Ref, s.Triggers[0].Path),
				Help:    "say `ignore: false` in dockerfile, or copy it in a stage of this Dockerfile",
			})
		}
	}
	return list
}
