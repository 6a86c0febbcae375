//go:build linux

package container

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/containerd/containerd/v2/core/containers"
	"github.com/containerd/containerd/v2/pkg/namespaces"
	"github.com/containerd/containerd/v2/pkg/oci"
	dockerspec "github.com/moby/docker-image-spec/specs-go/v1"
)

// A Result is what a container said before it ended.
type Result struct {
	Stdout, Stderr string
	Code           int
}

// Run runs a container from the files below root, and waits for its end. It has
// no network. The arguments take the place of the image's CMD, as those of
// `docker run` do.
func Run(ctx context.Context, root string, config dockerspec.DockerOCIImageConfig, args ...string) (Result, error) {
	bundle, err := os.MkdirTemp("", "stagecue-e2e-bundle-")
	if err != nil {
		return Result{}, err
	}
	defer os.RemoveAll(bundle)
	id := filepath.Base(bundle)
	if err := writeSpec(ctx, bundle, id, root, config, args); err != nil {
		return Result{}, err
	}
	state := filepath.Join(bundle, "state")
	command := exec.CommandContext(ctx, "runc", "--root", state, "run", "--bundle", bundle, id)
	// Let runc take the container down with it.
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err = command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return Result{}, fmt.Errorf("runc: %w", err)
	}
	return Result{Stdout: stdout.String(), Stderr: stderr.String(), Code: command.ProcessState.ExitCode()}, nil
}

// writeSpec says to runc what Docker would say of an image.
func writeSpec(ctx context.Context, bundle, id, root string, config dockerspec.DockerOCIImageConfig, args []string) error {
	if len(args) == 0 {
		args = config.Cmd
	}
	dir := config.WorkingDir
	if dir == "" {
		dir = "/"
	}
	options := []oci.SpecOpts{
		oci.WithRootFSPath(root),
		// Docker leaves /run to the image.
		oci.WithoutRunMount,
		oci.WithEnv(config.Env),
		oci.WithProcessArgs(append(append([]string(nil), config.Entrypoint...), args...)...),
		oci.WithProcessCwd(dir),
	}
	if config.User != "" {
		options = append(options, oci.WithUser(config.User), oci.WithAdditionalGIDs(config.User))
	}
	ctx = namespaces.WithNamespace(ctx, "stagecue-e2e")
	spec, err := oci.GenerateSpec(ctx, nil, &containers.Container{ID: id}, options...)
	if err != nil {
		return err
	}
	text, err := json.Marshal(spec)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(bundle, "config.json"), text, 0o600)
}
