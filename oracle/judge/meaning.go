package judge

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/moby/buildkit/client/llb"
	dockerspec "github.com/moby/docker-image-spec/specs-go/v1"
)

// meaning is a digest of what a target builds: the operations that BuildKit is
// to run, each with its inputs, and the configuration of the image. Comments,
// layout, quoting, names of stages and stages that are not needed are no part
// of it.
func meaning(definition *llb.Definition, image *dockerspec.DockerOCIImage) (string, error) {
	// The digest of the last operation is over those of its inputs. Sources
	// and progress names are kept apart from it.
	head, err := definition.Head()
	if err != nil {
		return "", err
	}
	config := *image
	// The commands as text, and when.
	config.Created, config.History = nil, nil
	text, err := json.Marshal(config)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(head+"\n"), text...))
	return fmt.Sprintf("%x", sum[:8]), nil
}
