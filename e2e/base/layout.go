//go:build linux

package base

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/containerd/containerd/v2/core/content"
	"github.com/containerd/containerd/v2/pkg/archive"
	"github.com/containerd/containerd/v2/plugins/content/local"
	"github.com/containerd/platforms"
	"github.com/moby/buildkit/client/ociindex"
	"github.com/opencontainers/go-digest"
	specs "github.com/opencontainers/image-spec/specs-go"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"

	"stagecue.dev/e2e/builder"
)

// openLayout reads which image the layout in dir holds.
func openLayout(dir string) (builder.Layout, error) {
	if _, err := os.Stat(filepath.Join(dir, ocispecs.ImageIndexFile)); err != nil {
		return builder.Layout{}, err
	}
	image, err := ociindex.NewStoreIndex(dir).GetSingle()
	if err != nil {
		return builder.Layout{}, err
	}
	if image == nil {
		return builder.Layout{}, fmt.Errorf("%s does not hold one image", dir)
	}
	return builder.Layout{Dir: dir, Digest: image.Digest.String()}, nil
}

// writeLayout writes an image whose one layer is the files below root. The layer
// is not compressed: it stays on this machine.
func writeLayout(ctx context.Context, dir, root string) error {
	store, err := local.NewStore(dir)
	if err != nil {
		return err
	}
	layer, err := writeBlob(ctx, store, ocispecs.MediaTypeImageLayer, func(w io.Writer) error {
		return archive.WriteDiff(ctx, w, "", root)
	})
	if err != nil {
		return err
	}
	config, err := writeJSON(ctx, store, ocispecs.MediaTypeImageConfig, ocispecs.Image{
		Platform: platforms.DefaultSpec(),
		Config: ocispecs.ImageConfig{
			Env: []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
			Cmd: []string{"/bin/sh"},
		},
		RootFS: ocispecs.RootFS{Type: "layers", DiffIDs: []digest.Digest{layer.Digest}},
	})
	if err != nil {
		return err
	}
	manifest, err := writeJSON(ctx, store, ocispecs.MediaTypeImageManifest, ocispecs.Manifest{
		Versioned: specs.Versioned{SchemaVersion: 2},
		MediaType: ocispecs.MediaTypeImageManifest,
		Config:    config,
		Layers:    []ocispecs.Descriptor{layer},
	})
	if err != nil {
		return err
	}
	return ociindex.NewStoreIndex(dir).Put(manifest)
}

func writeJSON(ctx context.Context, store content.Store, mediaType string, value any) (ocispecs.Descriptor, error) {
	return writeBlob(ctx, store, mediaType, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(value)
	})
}

func writeBlob(ctx context.Context, store content.Store, mediaType string, write func(io.Writer) error) (ocispecs.Descriptor, error) {
	w, err := store.Writer(ctx, content.WithRef(mediaType))
	if err != nil {
		return ocispecs.Descriptor{}, err
	}
	defer w.Close()
	if err := write(w); err != nil {
		return ocispecs.Descriptor{}, err
	}
	if err := w.Commit(ctx, 0, ""); err != nil {
		return ocispecs.Descriptor{}, err
	}
	info, err := store.Info(ctx, w.Digest())
	return ocispecs.Descriptor{MediaType: mediaType, Digest: info.Digest, Size: info.Size}, err
}
