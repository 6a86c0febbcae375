package checks

import (
	"fmt"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/summary"
)

// maxLayers is how many layers an image may have in Docker's own image store,
// which refuses more with "max depth exceeded": maxLayerDepth in
// https://github.com/moby/moby/blob/085c6a98d54720e70b28354ccec6da9b1b9e7fcf/layer/layer_store.go
const maxLayers = 125

// layers finds targets that have too many layers, those of the base aside.
func (c *checker) layers() {
	for _, t := range c.Summary.Targets {
		n := t.Stage.Layers
		if n <= maxLayers {
			continue
		}
		c.report(diag.CodeTooManyLayers, diag.Error, summary.Place{Field: "targets." + dockerfile.FieldName(t.Name)},
			fmt.Sprintf("the target %q adds %d layers to %s, and Docker takes %d in all", t.Name, n, t.Stage.Base.Ref, maxLayers),
			"put commands together to scripts, or build in a stage of its own and copy the result")
	}
}
