package affected

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// bakeName is the name of the file for bake of all stacks.
const bakeName = "docker-bake.json"

// Bake is what a file for bake says of what is built from what: for each target
// its contexts. It is what an index does not know, which is made without a look
// at other stacks.
type Bake map[string]map[string]string

// ReadBake reads a file for bake. What cannot be read says nothing.
func ReadBake(text []byte) Bake {
	var file struct {
		Target map[string]struct {
			Contexts map[string]string
		}
	}
	if json.Unmarshal(text, &file) != nil {
		return nil
	}
	out := Bake{}
	for name, t := range file.Target {
		out[name] = t.Contexts
	}
	return out
}

// parentTarget finds the target in a context, which may be a template.
var parentTarget = regexp.MustCompile(`target:([A-Za-z0-9_-]+)`)

// parents lists the images that a target is built from, and whether there is
// such a target.
func (b Bake) parents(target string) (string, bool) {
	contexts, ok := b[target]
	var out []string
	for ref, of := range contexts {
		if parent := parentTarget.FindStringSubmatch(of); parent != nil {
			out = append(out, parent[1]+" as "+ref)
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", "), ok
}
