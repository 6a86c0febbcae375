//go:build linux

package image

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/containerd/containerd/v2/core/content"
	"github.com/containerd/containerd/v2/pkg/archive"
	"github.com/containerd/containerd/v2/pkg/archive/compression"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

// Unpack writes the files of all layers below dir, with their owners and modes.
func (i *Image) Unpack(ctx context.Context, dir string) error {
	for n, layer := range i.manifest.Layers {
		err := i.open(ctx, layer, func(r io.Reader) error {
			_, err := archive.Apply(ctx, dir, r)
			return err
		})
		if err != nil {
			return fmt.Errorf("layer %d: %w", n, err)
		}
	}
	return nil
}

// Holds tells whether some bytes are anywhere in the image: in the manifest, the
// configuration or, uncompressed, a layer.
func (i *Image) Holds(ctx context.Context, b []byte) (bool, error) {
	for _, blob := range append([]ocispecs.Descriptor{i.manifest.Config}, i.manifest.Layers...) {
		found := false
		err := i.open(ctx, blob, func(r io.Reader) error {
			data, err := io.ReadAll(r)
			found = bytes.Contains(data, b)
			return err
		})
		if err != nil || found {
			return found, err
		}
	}
	return false, nil
}

// open reads one blob, uncompressed.
func (i *Image) open(ctx context.Context, blob ocispecs.Descriptor, read func(io.Reader) error) error {
	raw, err := i.store.ReaderAt(ctx, blob)
	if err != nil {
		return err
	}
	defer raw.Close()
	r, err := compression.DecompressStream(content.NewReader(raw))
	if err != nil {
		return err
	}
	defer r.Close()
	return read(r)
}
