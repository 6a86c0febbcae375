//go:build linux

package builder

import (
	"context"
	"path/filepath"

	"github.com/containerd/containerd/v2/core/content"
	"github.com/containerd/containerd/v2/plugins/content/local"
	"github.com/moby/buildkit/client"
	"github.com/moby/buildkit/session"
	"github.com/moby/buildkit/session/secrets/secretsprovider"
	"github.com/tonistiigi/fsutil"
)

// A Request is what one would say to `docker build`.
type Request struct {
	// Dockerfile is the path of the file, and Context the directory that copies
	// come from.
	Dockerfile, Context string
	// Target is the stage to build; the last one when left out.
	Target  string
	Args    map[string]string
	Secrets map[string]string
	// Images are the images that FROM and --from may name, in the short form
	// ("debian:12"). Each is an OCI layout. All others are out of reach.
	Images map[string]Layout
	// Output is the directory for the image, an OCI layout.
	Output string
}

// A Layout is an image in an OCI layout.
type Layout struct {
	Dir    string
	Digest string
}

// A Result is the built image and what was said on the way. The log is there
// after a failure too.
type Result struct {
	Image Layout
	Log   string
}

// Build builds one image.
func (b *Builder) Build(ctx context.Context, r Request) (Result, error) {
	opt, err := solveOpt(r)
	if err != nil {
		return Result{}, err
	}
	status := make(chan *client.SolveStatus)
	log := make(chan string)
	go func() { log <- transcribe(status) }()
	response, err := b.client.Solve(ctx, nil, opt, status)
	result := Result{Log: <-log}
	if err != nil {
		return result, err
	}
	result.Image = Layout{Dir: r.Output, Digest: response.ExporterResponse["containerimage.digest"]}
	return result, nil
}

func solveOpt(r Request) (client.SolveOpt, error) {
	sources, err := fsutil.NewFS(r.Context)
	if err != nil {
		return client.SolveOpt{}, err
	}
	text, err := fsutil.NewFS(filepath.Dir(r.Dockerfile))
	if err != nil {
		return client.SolveOpt{}, err
	}
	attrs := map[string]string{
		"filename": filepath.Base(r.Dockerfile),
		"target":   r.Target,
		// What a `# syntax=` line names would be fetched; this is taken for it, and
		// is this frontend's own name.
		"cmdline": "dockerfile.v0",
	}
	for name, value := range r.Args {
		attrs["build-arg:"+name] = value
	}
	stores := map[string]content.Store{}
	for name, image := range r.Images {
		store, err := local.NewStore(image.Dir)
		if err != nil {
			return client.SolveOpt{}, err
		}
		id := filepath.Base(image.Dir)
		stores[id] = store
		attrs["context:"+name] = "oci-layout://" + id + "@" + image.Digest
	}
	secrets := map[string][]byte{}
	for id, value := range r.Secrets {
		secrets[id] = []byte(value)
	}
	return client.SolveOpt{
		Frontend:      "dockerfile.v0",
		FrontendAttrs: attrs,
		LocalMounts:   map[string]fsutil.FS{"context": sources, "dockerfile": text},
		OCIStores:     stores,
		Session:       []session.Attachable{secretsprovider.FromMap(secrets)},
		Exports: []client.ExportEntry{{
			Type: client.ExporterOCI, OutputDir: r.Output, Attrs: map[string]string{"tar": "false"},
		}},
	}, nil
}
