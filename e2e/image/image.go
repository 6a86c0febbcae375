//go:build linux

package image

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/containerd/containerd/v2/core/content"
	"github.com/containerd/containerd/v2/core/images"
	"github.com/containerd/containerd/v2/plugins/content/local"
	"github.com/containerd/platforms"
	dockerspec "github.com/moby/docker-image-spec/specs-go/v1"
	"github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"

	"stagecue.dev/e2e/builder"
)

// An Image is one image for one platform.
type Image struct {
	// Config is the configuration, with Docker's own fields.
	Config dockerspec.DockerOCIImageConfig

	store    content.Store
	manifest ocispecs.Manifest
}

// Open reads the image of a layout.
func Open(ctx context.Context, layout builder.Layout) (*Image, error) {
	store, err := local.NewStore(layout.Dir)
	if err != nil {
		return nil, err
	}
	root := ocispecs.Descriptor{Digest: digest.Digest(layout.Digest), MediaType: ocispecs.MediaTypeImageManifest}
	manifest, err := images.Manifest(ctx, store, root, platforms.Default())
	if err != nil {
		return nil, fmt.Errorf("the manifest of %s: %w", layout.Dir, err)
	}
	text, err := content.ReadBlob(ctx, store, manifest.Config)
	if err != nil {
		return nil, fmt.Errorf("the configuration of %s: %w", layout.Dir, err)
	}
	var config dockerspec.DockerOCIImage
	if err := json.Unmarshal(text, &config); err != nil {
		return nil, fmt.Errorf("the configuration of %s: %w", layout.Dir, err)
	}
	return &Image{Config: config.Config, store: store, manifest: manifest}, nil
}
