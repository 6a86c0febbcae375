//go:build linux

package builder

import (
	"fmt"
	"strings"

	"github.com/moby/buildkit/client"
	"github.com/opencontainers/go-digest"
)

// transcribe writes down each step once, and what its command prints, until
// nothing more comes.
func transcribe(status <-chan *client.SolveStatus) string {
	var text strings.Builder
	names := map[digest.Digest]bool{}
	for s := range status {
		for _, v := range s.Vertexes {
			if !names[v.Digest] && v.Started != nil {
				names[v.Digest] = true
				fmt.Fprintln(&text, v.Name)
			}
			if v.Error != "" {
				fmt.Fprintln(&text, v.Error)
			}
		}
		for _, l := range s.Logs {
			text.Write(l.Data)
		}
		for _, w := range s.Warnings {
			fmt.Fprintf(&text, "warning: %s\n", w.Short)
		}
	}
	return text.String()
}
