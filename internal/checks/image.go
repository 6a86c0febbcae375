package checks

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/summary"
)

// images finds images by the tag latest. Those without a tag are no images to
// resolve.
func (c *checker) images() {
	for _, s := range c.Summary.Stages {
		for _, i := range s.Images {
			if !isLatest(i.Ref) {
				continue
			}
			var related []diag.Related
			if i.At.Field == "from" && s.From != i.Ref {
				related = c.argsOf(s.From)
			}
			c.report(diag.CodeUnpinnedImage, diag.Warning, i.At,
				fmt.Sprintf("stage %q uses %s, and the tag latest is another image every week", s.Name, i.Ref),
				"name a version, or add the digest of the image that is meant: @sha256:...", related...)
		}
	}
}

// isLatest tells a reference whose tag is latest, and that has no digest.
func isLatest(ref string) bool {
	name := ref[strings.LastIndex(ref, "/")+1:]
	return strings.HasSuffix(name, ":latest") && !strings.Contains(name, "@")
}

// argsOf are the declared arguments that a base is made of.
func (c *checker) argsOf(from string) []diag.Related {
	parts, err := dockerfile.ParseWord(from)
	if err != nil {
		return nil
	}
	var out []diag.Related
	for _, name := range dockerfile.Names(parts) {
		for _, a := range c.File.Args {
			if a.Name == name {
				span := c.at(summary.Place{Field: "args." + dockerfile.FieldName(name) + ".default"})
				out = append(out, diag.Related{Span: span, Label: fmt.Sprintf("the default of %s", name)})
			}
		}
	}
	return out
}
