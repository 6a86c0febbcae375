package judge

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/containerd/platforms"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	dockerspec "github.com/moby/docker-image-spec/specs-go/v1"
	"github.com/opencontainers/go-digest"
)

// A resolver answers BuildKit's questions for image configurations from a list.
// It asks no registry, and what is not on the list does not exist: a stage that
// is misspelt is an image to BuildKit, and would pass as one anywhere else.
// BuildKit calls it from several goroutines.
type resolver struct {
	images Images

	mu   sync.Mutex
	used map[string]bool
}

// image looks up an image by its normalized reference.
func (r *resolver) image(ref string) (Image, error) {
	image, ok := r.images[ref]
	if !ok {
		return Image{}, fmt.Errorf("image %q is not among the known images: is it a stage, misspelt?", ref)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.used[ref] = true
	return image, nil
}

// ResolveImageConfig implements llb.ImageMetaResolver.
func (r *resolver) ResolveImageConfig(_ context.Context, ref string, opt sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	image, err := r.image(ref)
	if err != nil {
		return "", "", nil, err
	}
	platform := platforms.DefaultSpec()
	if opt.ImageOpt != nil && opt.ImageOpt.Platform != nil {
		platform = *opt.ImageOpt.Platform
	}
	if name := platforms.Format(platforms.Normalize(platform)); !slices.Contains(image.Platforms, name) {
		return "", "", nil, fmt.Errorf("image %q does not exist for %s, only for %q", ref, name, image.Platforms)
	}

	var config dockerspec.DockerOCIImage
	config.Platform = platform
	for _, name := range slices.Sorted(maps.Keys(image.Env)) {
		config.Config.Env = append(config.Config.Env, name+"="+image.Env[name])
	}
	// An image without a layer would be taken for scratch.
	config.RootFS.Type = "layers"
	config.RootFS.DiffIDs = []digest.Digest{digest.FromString(ref)}
	text, err := json.Marshal(config)
	return ref, "", text, err
}

// names are the images that were asked for, in order.
func (r *resolver) names() []string {
	return slices.Sorted(maps.Keys(r.used))
}
