//go:build linux

package builder

import (
	"context"
	"net"
	"os"

	"github.com/moby/buildkit/client"
	"github.com/moby/buildkit/control"
	"github.com/moby/buildkit/util/grpcerrors"
	"google.golang.org/grpc"
	"google.golang.org/grpc/test/bufconn"
)

// A Builder is BuildKit and a client of it.
type Builder struct {
	state      string
	controller *control.Controller
	server     *grpc.Server
	client     *client.Client
}

// New starts BuildKit with an empty cache. What it keeps lies below dir until
// Close.
func New(ctx context.Context, dir string) (*Builder, error) {
	state, err := os.MkdirTemp(dir, "buildkit-")
	if err != nil {
		return nil, err
	}
	controller, err := newController(ctx, state)
	if err != nil {
		return nil, err
	}
	b := &Builder{state: state, controller: controller, server: grpc.NewServer(
		// Errors keep their types, and with them the line that is at fault.
		grpc.UnaryInterceptor(grpcerrors.UnaryServerInterceptor),
		grpc.StreamInterceptor(grpcerrors.StreamServerInterceptor),
	)}
	controller.Register(b.server)
	// The client and the daemon talk as they always do, over a pipe in memory.
	pipe := bufconn.Listen(1 << 20)
	go b.server.Serve(pipe) //nolint:errcheck // it ends by Close
	b.client, err = client.New(ctx, "", client.WithContextDialer(
		func(ctx context.Context, _ string) (net.Conn, error) { return pipe.DialContext(ctx) }))
	if err != nil {
		b.server.Stop()
		return nil, err
	}
	return b, nil
}

// Listen lets other clients talk to BuildKit, by a socket.
func (b *Builder) Listen(socket string) error {
	l, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	go b.server.Serve(l) //nolint:errcheck // it ends by Close
	return nil
}

// Close stops BuildKit and removes what it kept.
func (b *Builder) Close() error {
	err := b.client.Close()
	b.server.Stop()
	if e := b.controller.Close(); err == nil {
		err = e
	}
	if e := os.RemoveAll(b.state); err == nil {
		err = e
	}
	return err
}
